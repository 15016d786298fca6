// Starts jest on Node 24, the action's own runtime, whatever Node runs npm.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const run = spawnSync(
  at('node_modules/node/bin/node'),
  [
    '--experimental-vm-modules',
    '--no-warnings',
    at('node_modules/jest/bin/jest.js'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', cwd: at('.') },
);
if (run.error) throw run.error;
process.exit(run.status ?? 1);
