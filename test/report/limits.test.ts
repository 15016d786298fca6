// What GitHub takes: ten annotations of a level, 64 KB of message, 1 MiB of summary.
import { describe, expect, test } from '@jest/globals';
import { cutTo } from '../../src/report/bounded.ts';
import { renderWorkflowCommands } from '../../src/report/github.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { EMPTY, finding, pair, SAMPLE_CONTEXT } from './sample-report.ts';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const commandsOf = (findings: readonly ReturnType<typeof finding>[], folder?: string) =>
  renderWorkflowCommands({ ...EMPTY, findings }, folder)
    .trimEnd()
    .split('\n');

describe('annotations', () => {
  test('25 errors are ten commands; the last says how many more there are and where', () => {
    const commands = commandsOf(range(25).map((index) => finding({ message: `error ${index}` })));
    expect(commands).toHaveLength(10);
    expect(commands.slice(0, 9).every((line) => line.startsWith('::error file='))).toBe(true);
    expect(commands[9]).toBe(
      '::error title=16 more errors::16 more errors: GitHub shows 10 per step. All of them stand in the job summary.',
    );
  });

  test('ten errors are ten, and each level has its own ten', () => {
    const commands = commandsOf(
      (['error', 'warning', 'notice'] as const).flatMap((level) =>
        range(level === 'error' ? 10 : 11).map((index) => finding({ level, message: `${level} ${index}` })),
      ),
    );
    expect(commands).toHaveLength(30);
    expect(commands.filter((line) => line.includes(' more '))).toEqual([
      expect.stringMatching(/^::warning title=2 more warnings::/),
      expect.stringMatching(/^::notice title=2 more notices::/),
    ]);
  });

  test('equal words about one file are one annotation that names the other lines', () => {
    const commands = commandsOf([
      ...range(30).map((index) => finding({ line: index + 1, endLine: index + 1 })),
      finding({ file: 'other.csproj' }),
    ]);
    expect(commands).toHaveLength(2);
    expect(commands.join('\n')).toMatch(/%0AAlso at lines 2, 3, 4.*, 21 and 9 more\.%0AFix: /);
  });

  test('the tenth slot counts findings, not annotations', () => {
    const many = range(12).flatMap((index) => [
      finding({ message: `error ${index}`, line: 1, endLine: 1 }),
      finding({ message: `error ${index}`, line: 2, endLine: 2 }),
    ]);
    expect(commandsOf(many)[9]).toContain('title=6 more errors::');
  });

  test('one of each rule comes before the second of any, scenarios first', () => {
    const commands = commandsOf([
      ...range(12).map((index) =>
        finding({ rule: 'strict-not-supported', scenario: null, message: `${index}` }),
      ),
      finding({ rule: 'weak-certificate-hash', scenario: 4, file: 'zz' }),
    ]);
    expect(commands[0]).toContain('title=Scenario 4%3A weak certificate hash::');
    expect(commands[1]).toContain('title=Strict not supported::');
  });

  test('columns are left out when the place covers several lines; suppressed findings are left out', () => {
    const commands = commandsOf([
      finding({ line: 3, endLine: 5 }),
      finding({ message: 'hidden', suppressed: { by: 'policy', reason: 'known', expires: null } }),
    ]);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^::error file=[^,]*,line=3,endLine=5,title=/);
  });

  test('paths are those of the repository when a folder of it was checked', () => {
    expect(commandsOf([finding({})], 'examples/contoso')[0]).toContain(
      'file=examples/contoso/services/billing/Billing.csproj,',
    );
  });

  test('a message of a megabyte is cut; fix and link stay', () => {
    const [command = ''] = commandsOf([finding({ message: '注%'.repeat(400_000) })]);
    const message = command.slice(command.indexOf('::', 2) + 2);
    expect(Buffer.byteLength(message.replaceAll('%25', '%'))).toBeLessThanOrEqual(60 * 1024);
    expect(message).toMatch(/…%0AFix: Install \.NET Framework 4\.6 or later\.%0Ahttps:\/\/learn/);
  });
});

describe('summary', () => {
  const MIB = 1024 * 1024;

  test('more than 1 MiB is cut between findings, and says so', () => {
    const findings = range(3000).map((index) =>
      finding({ message: `${index} ${'é'.repeat(300)}`, line: index + 1 }),
    );
    const summary = renderSummary({ ...EMPTY, findings, pairs: [pair({})] }, SAMPLE_CONTEXT);
    const bytes = Buffer.byteLength(summary);
    expect(bytes).toBeLessThanOrEqual(MIB);
    expect(bytes).toBeGreaterThan(MIB - 4096);
    expect(summary.split('<details').length).toBe(summary.split('</details>').length);
    const shown = summary.split('<details').length - 1;
    expect(summary).toContain(`${3000 - shown} of 3000 findings`);
    expect(summary.trimEnd()).toMatch(/The JSON report has everything\.$/);
  });

  test('a matrix of more than 1 MiB is cut between rows', () => {
    const pairs = range(20_000).map((index) => pair({ client: `client-${index}` }));
    const summary = renderSummary({ ...EMPTY, pairs }, SAMPLE_CONTEXT);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(MIB);
    expect(summary.startsWith('## SQL Server TLS preflight\n\n**Every connection completes')).toBe(true);
    expect(summary).toMatch(/\|\n\n\*\*Cut here:\*\*/);
  });
});

test('a cut never leaves half a character', () => {
  for (const size of range(12)) {
    const cut = cutTo('aé注🔑z', size);
    expect(cut).not.toContain('\uFFFD');
    if (size >= 3) expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(size);
  }
  expect(cutTo('aé注🔑z', 11)).toBe('aé注🔑z');
});
