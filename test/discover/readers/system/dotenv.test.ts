import { expect, test } from '@jest/globals';
import { dotenv } from '../../../../src/discover/readers/system/dotenv.ts';
import { declarationsOf, pointedAt } from '../../declarations.ts';

const pointed = (text: string) => pointedAt(dotenv, 'api/.env', text);
const STRING = 'Server=sql,1433;Database=Orders;Encrypt=True';

test.each([
  ['.env', true],
  ['api/.env.example', true],
  ['api/.env.production.local', true],
  ['deploy/api.env', true],
  ['environment', false],
  ['.environment', false],
  ['api/.env/file', false],
])('%s: %p', (path, expected) => {
  expect(dotenv.matches(path)).toBe(expected);
});

test.each([
  [`DB=${STRING}`],
  [`export DB=${STRING}`],
  [`  DB = "${STRING}"  # comment`],
  [`DB='${STRING}'`],
  [`DB=\`${STRING}\``],
  [`DB=${STRING} # comment`],
  [`OTHER="two\nlines"\r\nDB=${STRING}\r\n`],
  [`OTHER="\nDB=${STRING}`],
  [`CONNECTIONSTRINGS__ORDERS=${STRING}`],
  [`ConnectionStrings.Orders=${STRING}`],
])('the string without quotes and comment: %p', (text) => {
  expect(pointed(text)).toEqual([`connection: ${STRING}`]);
});

test('a # inside a value is part of it', () => {
  expect(pointed(`DB=Server=sql;Database=a#b;Encrypt=True`)).toEqual([
    'connection: Server=sql;Database=a#b;Encrypt=True',
  ]);
});

test('each line that holds one, at its line and column, for the folder of the file', () => {
  const declared = declarationsOf(
    dotenv,
    'api/.env',
    `# DB=${STRING}\nA=1\nDB=${STRING}\nB=\nDB2=jdbc:sqlserver://sql;encrypt=true\n`,
  );
  expect(declared.map(({ kind, scope, span }) => [kind, scope, span.line, span.column])).toEqual([
    ['connection', 'api', 3, 4],
    ['connection', 'api', 5, 5],
  ]);
});

test.each(['', '=', 'A', 'A=', 'A="', "A='\n'", 'A=b c', '\u0000'])('nothing in %p', (text) => {
  expect(pointed(text)).toEqual([]);
});

test('two megabytes of one value, and of open quotes, are read in a moment', () => {
  const started = performance.now();
  pointed(`A="${'x\\"'.repeat(700_000)}"`);
  pointed('A="x\\"\n'.repeat(250_000));
  pointed(`A=${'#'.repeat(2_000_000)}`);
  pointed(`A=${' \t'.repeat(1_000_000)}x`);
  expect(performance.now() - started).toBeLessThan(5_000);
});
