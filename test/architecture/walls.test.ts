// The rooms of src/ and what each may import: the table of docs/architecture.md, held by this test.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const SRC = resolve('src');

/** Room → rooms it may import beside itself. `.` stands for the files directly in src/. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  policy: ['model', 'discover/text'],
  discover: ['model'],
  catalog: ['model'],
  resolve: ['model', 'catalog'],
  tls: ['model'],
  tds: ['model'],
  observe: ['model', 'tls', 'tds'],
  rules: ['model', 'tls'],
  explain: [
    'model',
    'catalog',
    'resolve',
    'tls',
    'rules',
    // Settings are lexed as in a file; a name is suggested as in a policy.
    'discover/connection-strings',
    'discover/text',
    'policy/suggestion.ts',
  ],
  report: ['model'],
  lab: ['model', 'tls', 'tds'],
  workspace: ['model'],
  edge: [
    'model',
    'policy',
    'lab',
    'observe',
    'resolve',
    'rules',
    'tls',
    'workspace',
    'check.ts',
    'settings-of-file.ts',
    // What a container said last is masked and shown as a report shows it.
    'discover/connection-strings/mask.ts',
    'report/words.ts',
    // What --fix writes is shown.
    'report/diff.ts',
  ],
  cli: ['model', 'edge', 'explain', 'lab', 'report', 'inventory.ts'],
  'check.ts': [
    'model',
    'catalog',
    'configured.ts',
    'discover',
    'observe',
    'policy',
    'planned.ts',
    'policy-connections.ts',
    'report',
    'resolve',
    'rules',
  ],
  'inventory.ts': ['model', 'catalog', 'discover', 'policy-connections.ts', 'resolve'],
  'configured.ts': ['model', 'catalog', 'resolve', 'tls'],
  'planned.ts': ['model', 'tls'],
  'settings-of-file.ts': ['model', 'catalog', 'discover'],
  'policy-connections.ts': ['model', 'discover'],
  'action.ts': ['model', 'edge', 'report'],
  'cli.ts': ['cli', 'edge'],
};

/** Rooms left of the network: no disk, no clock, no environment, no sockets, no `@actions/*`. */
const PURE = [
  'model',
  'policy',
  'discover',
  'catalog',
  'resolve',
  'tls',
  'tds',
  'rules',
  'explain',
  'report',
  'check.ts',
  'inventory.ts',
  'configured.ts',
  'planned.ts',
  'policy-connections.ts',
  'settings-of-file.ts',
];
const IMPURE_IMPORT = /^(node:(fs|net|tls|dns|child_process|http|os|process)|@actions\/)/;
const IMPURE_CODE =
  /\bprocess\.(env|argv|cwd|std)|\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bfetch\(/;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const roomOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file);
const importsOf = (text: string) =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, from]) =>
    from === undefined ? [] : [from],
  );

test('every file lies in a room of the table', () => {
  expect(files.filter((file) => !(roomOf(file) in MAY_IMPORT) && !file.endsWith('.d.ts'))).toEqual([]);
});

test('a room imports only what the table allows', () => {
  const trespasses = files.flatMap((file) => {
    const room = roomOf(file);
    const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
    return importsOf(readFileSync(join(SRC, file), 'utf8'))
      .filter((from) => from.startsWith('.'))
      .map((from) => relative(SRC, resolve(SRC, dirname(file), from)).replaceAll('\\', '/'))
      .filter((to) => !allowed.some((place) => to === place || to.startsWith(`${place}/`)))
      .map((to) => `${file} imports ${to}`);
  });
  expect(trespasses).toEqual([]);
});

test('the core touches no disk, clock, environment, network or @actions', () => {
  const touches = files
    .filter((file) => PURE.includes(roomOf(file)))
    .flatMap((file) => {
      const text = readFileSync(join(SRC, file), 'utf8');
      const imports = importsOf(text).filter((from) => IMPURE_IMPORT.test(from));
      const code = IMPURE_CODE.exec(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''));
      return [...imports, ...(code ? [code[0]] : [])].map((what) => `${file}: ${what}`);
    });
  expect(touches).toEqual([]);
});

test('files stay short: about 300 lines', () => {
  const long = files
    .map((file) => ({ file, lines: readFileSync(join(SRC, file), 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 320);
  expect(long).toEqual([]);
});
