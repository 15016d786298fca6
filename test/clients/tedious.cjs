// tedious on the Node that runs this: connects, asks `select 1`, prints the answer.
// node tedious.cjs <tedious module> <host> <port> [cryptoCredentialsDetails as JSON]
const [, , tedious, server, port, details = '{}'] = process.argv;
const { Connection, Request } = require(tedious);

const connection = new Connection({
  server,
  authentication: { type: 'default', options: { userName: 'someone', password: 'canary-7f3a' } },
  options: {
    port: Number(port),
    encrypt: true,
    trustServerCertificate: true,
    connectTimeout: 5000,
    cryptoCredentialsDetails: JSON.parse(details),
  },
});

function end(error) {
  connection.close();
  if (!error) return;
  process.stdout.write(`${error.message}\n`);
  process.exitCode = 1;
}

const query = new Request('select 1', end);
query.on('row', ([column]) => process.stdout.write(`answer ${column.value}\n`));
connection.connect((error) => (error ? end(error) : connection.execSqlBatch(query)));
