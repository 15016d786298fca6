// Builds dist/: action.js, cli.js and the chunks they share. Same sources, same bytes, on any machine.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const noAzure = join(root, 'build', 'no-azure.cjs');

/** Builds the product into `outdir`, emptied first; returns the packages that went into it. */
export async function buildInto(outdir) {
  const metafile = await bundle({ action: 'src/action.ts', cli: 'src/cli.ts' }, outdir);
  writeFileSync(join(outdir, 'licenses.txt'), licenses(metafile));
  return metafile;
}

/** Bundles these sources, by name, as the product is bundled. */
export async function bundle(entryPoints, outdir) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    chunkNames: 'chunks/[name]-[hash]',
    alias: {
      // The same library as ES modules: what is not used falls away, and its parser asks process.env nothing at each token.
      yaml: join(root, 'node_modules', 'yaml', 'browser', 'index.js'),
      ...Object.fromEntries(
        ['@azure/core-auth', '@azure/identity', '@azure/keyvault-keys'].map((name) => [name, noAzure]),
      ),
    },
    minify: true,
    legalComments: 'none',
    metafile: true,
    // Written only when all went well: a build that fails leaves the last one as it was.
    write: false,
    // CommonJS packages inside an ES module bundle still call require for Node's own modules.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(join(outdir, 'chunks'), { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  writeFileSync(join(outdir, 'package.json'), '{ "type": "module" }\n');
  return metafile;
}

function licenses(metafile) {
  const names = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)(?:\/node_modules\/((?:@[^/]+\/)?[^/]+))?/.exec(input);
    if (name) names.add(name[2] ? `${name[1]}/node_modules/${name[2]}` : name[1]);
  }
  const entries = [...names].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const { name: label, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = [
      'LICENSE',
      'LICENSE.md',
      'LICENSE.txt',
      'license',
      'LICENCE',
      'License.txt',
      'LICENSE-MIT',
    ].find((candidate) => {
      try {
        return readFileSync(join(folder, candidate)).length > 0;
      } catch {
        return false;
      }
    });
    const text = file
      ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()
      : '(the package ships no licence text)';
    return `${label} ${version} (${license})\n\n${text}\n`;
  });
  return `Packages bundled into this folder, with their licences.\n\n${entries.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const metafile = await buildInto(join(root, process.argv[2] ?? 'dist'));
  for (const [file, { bytes }] of Object.entries(metafile.outputs))
    console.log(`${String(bytes).padStart(9)}  ${file}`);
}
