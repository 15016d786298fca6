// What the test image runs: a lab server that behaves at its start as SQL Server's image does. In the container the lab
// listens on loopback alone, as everywhere; a forwarder beside it takes what Docker sends to port 1433.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const CONF = '/var/opt/mssql/mssql.conf';
const LAB_PORT = 11433;
const { ACCEPT_EULA, MSSQL_SA_PASSWORD: password = '' } = process.env;
const [mode] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${line}\n`);
const fail = (...lines) => {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
};

if (ACCEPT_EULA !== 'Y')
  fail('The SQL Server End-User License Agreement (EULA) must be accepted before SQL', 'Server can start.');
if (mode === 'memory')
  fail('sqlservr: This program requires a machine with at least 2000 megabytes of memory.');
const classes = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((one) => one.test(password)).length;
if (password.length < 8 || password.length > 128 || classes < 3)
  fail('ERROR: Unable to set system administrator password: Password validation failed.');
if (mode === 'chatty') {
  // All on one stream: what two streams say in one instant has no order.
  fail(
    `begin\u001b[31m red\u001b[0m ::error::no`,
    `env: MSSQL_SA_PASSWORD=${password}`,
    `again ${password} and Password=hunter2secret;x`,
    'a\u202Eb end',
  );
}
if (mode === 'mute') createServer(() => say('a connection')).listen(1433, '0.0.0.0');
else serve();

function serve() {
  const conf = existsSync(CONF) ? readFileSync(CONF, 'utf8') : '[network]\n';
  if (!/^\[\w+\]/m.test(conf))
    fail(`(null): The configuration file '${CONF}' failed to load (error: Line 1: not an INI file).`);
  const old = /^tlsprotocols *= *1\.0$/m.test(conf);
  const lab = spawn(process.execPath, [
    '/dist/cli.js',
    'lab',
    old ? 'sql-server-2014-rtm' : 'sql-server-2019-force-encryption',
    '--port',
    String(LAB_PORT),
  ]);
  lab.stdout.pipe(process.stdout);
  lab.stderr.pipe(process.stderr);
  createServer((incoming) => {
    const outgoing = connect(LAB_PORT, '127.0.0.1');
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('error', () => outgoing.destroy());
    outgoing.on('error', () => incoming.destroy());
  }).listen(1433, '0.0.0.0', () => say('SQL Server is now ready for client connections.'));
}
