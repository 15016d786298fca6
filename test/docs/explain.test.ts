// docs/explain.md: every example is run, every phrase that it gives as an example is understood. UPDATE_GOLDEN=1 fills it in.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { explainCommand } from '../../src/cli/explain-command.ts';
import { understandCertificate } from '../../src/explain/understand-certificate.ts';
import { understandClient } from '../../src/explain/understand-client.ts';
import { understandProtocols } from '../../src/explain/understand-protocols.ts';
import { understandServer } from '../../src/explain/understand-server.ts';
import { understandSettings } from '../../src/explain/understand-settings.ts';
import { UNKNOWN_SERVER } from '../../src/model/server-profile.ts';
import { expectGolden } from '../golden.ts';

const FILE = 'docs/explain.md';
const text = readFileSync(FILE, 'utf8');
const EXAMPLE = /<!-- example: (.*) -->\n```text\n[\s\S]*?```/g;

/** A command line of words and double quotes. */
const argumentsIn = (line: string) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

async function printed(line: string): Promise<string> {
  let out = '';
  const exit = await explainCommand(argumentsIn(line), {
    out: (said) => (out += said),
    error: (said) => (out += said),
    progress: null,
    onInterrupt: () => () => {},
    columns: 100,
    color: false,
  });
  expect(exit).toBe(0);
  return out;
}

test('its examples print what it says', async () => {
  const examples = [...text.matchAll(EXAMPLE)];
  expect(examples.length).toBeGreaterThan(3);
  let filled = text;
  for (const [all, line = ''] of examples)
    filled = filled.replace(all, () => `<!-- example: ${line} -->\n\`\`\`text\n$OUT\`\`\``);
  for (const [, line = ''] of examples) {
    const page = await printed(line);
    filled = filled.replace('$OUT', () => page);
  }
  expectGolden(FILE, filled);
});

test('the command at its head runs', async () => {
  const [, line = ''] = /^\$ mssql-tls-preflight explain (.*)$/m.exec(text) ?? [];
  expect(await printed(line)).toContain('FAILS (scenario 1');
});

const SPAN = { file: '--client', start: 0, end: 0, line: 1, column: 1, endLine: 1, endColumn: 1 };
const UNDERSTANDS: Readonly<Record<string, (written: string) => readonly string[]>> = {
  '--client': (written) => understandClient(written, SPAN).notUnderstood,
  '--server': (written) => understandServer(written).notUnderstood,
  '--certificate': (written) => understandCertificate(written, UNKNOWN_SERVER).notUnderstood,
  '--server-protocols': (written) => understandProtocols(written).notUnderstood,
  '--settings': (written) => understandSettings(written, null).notUnderstood,
};

test.each(Object.entries(UNDERSTANDS))('every example of %s is understood', (option, understand) => {
  const row = text.split('\n').find((line) => line.startsWith(`| \`${option}\` |`)) ?? '';
  const examples = [...row.slice(row.lastIndexOf(' | ')).matchAll(/`([^`]+)`/g)].map(([, one = '']) => one);
  expect(examples.length).toBeGreaterThan(1);
  for (const one of examples) expect([one, understand(one)]).toEqual([one, []]);
});
