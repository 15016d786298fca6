// Whatever text files and servers hold, each format stays what it is.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CheckReport, ReportContext } from '../../src/model/check-report.ts';
import { renderWorkflowCommands } from '../../src/report/github.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { printable } from '../../src/report/words.ts';
import { finding, pair, SAMPLE } from './sample-report.ts';

const NASTY = [
  '::error::pwned',
  '\n::error file=a.ts,line=1::pwned\r\n',
  '\r::stop-commands::x',
  '##[add-mask]a',
  '##[error]',
  '%0A::warning::x',
  '%25',
  '|',
  '\\|',
  '`',
  '```',
  '\n```\n# owned\n',
  '<img src=x onerror=alert(1)>',
  '</summary></details><script>',
  '<!--',
  '"><b>',
  '&lt;img&gt;',
  '[click](https://evil.example)',
  '![i](https://evil.example/i.png)',
  'https://evil.example/',
  'www.evil.example',
  '@octocat',
  '#1',
  '**bold** _it_ ~~no~~ $x$',
  '\u001b[31mred\u001b]0;title\u0007',
  '\u009b31m',
  '\u202eabc\u2066',
  '\u200b\u2060\ufeff\u{e0041}',
  '\ud800',
  '\u2028\u2029\u0085',
  '\t',
  '\0',
  ':,=;',
  'plain words',
  ' ',
];

/** Every text of the report and of its excerpts is `text`. */
function hostile(text: string): { report: CheckReport; context: ReportContext } {
  const where = { file: text, line: 1, column: 1, endLine: 1, endColumn: 4 };
  const words = {
    alsoAt: [where],
    message: text,
    fix: text,
    helpUri: `https://learn.microsoft.com/${text}`,
    client: text,
    target: text,
    rule: text,
  };
  const evidence = [{ strength: 'declared', statement: text, source: text } as const];
  const [billing] = SAMPLE.targets;
  if (!billing?.certificate) throw new Error('the sample has a probed target first');
  return {
    report: {
      schemaVersion: 1,
      findings: [
        finding({ ...where, ...words, evidence }),
        finding({ ...where, ...words, evidence, scenario: null, level: 'warning' }),
        finding({ ...where, ...words, evidence, suppressed: { by: 'policy', reason: text, expires: text } }),
      ],
      pairs: [
        pair({ client: text, target: text, suite: text }),
        pair({ client: text, target: text, outcome: 'unknown', reason: text }),
        pair({ client: text, target: text, when: 'planned', from: text, outcome: 'fails', scenario: 1 }),
      ],
      remedies: [
        { when: 'planned', fix: text, file: text, line: 1, pairs: [{ client: text, target: text }] },
      ],
      targets: [
        {
          ...billing,
          name: text,
          endpoint: text,
          product: text,
          prelogin: { version: text, encryption: 'ON' },
          certificate: {
            ...billing.certificate,
            subject: text,
            issuer: text,
            signatureOid: text,
            notAfter: text,
          },
        },
      ],
      declarations: [],
      notChecked: [{ subject: text, reason: text, file: text, line: 1 }],
    },
    context: {
      failOn: 'error',
      filesRead: 1,
      excerpt: () => ({ text: text.replaceAll('\n', ' '), start: 0, end: 3 }),
    },
  };
}

const nasty = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(''));

function always(check: (hostileReport: ReturnType<typeof hostile>, text: string) => void): void {
  for (const text of NASTY) check(hostile(text), text);
  fc.assert(
    fc.property(nasty, (text) => check(hostile(text), text)),
    { numRuns: 300 },
  );
}

/** Controls, format characters, lone surrogates and separators: what a reader cannot see. */
const invisibleIn = (text: string) => text.match(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [];

test('terminal: no control, no invisible character, no line that the runner obeys', () => {
  always(({ report, context }) => {
    for (const width of [40, 100, 2000]) {
      const text = renderTerminal(report, context, { color: false, width });
      expect(invisibleIn(text)).toEqual([]);
      expect(text).not.toMatch(/^\s*::/m);
      expect(text).not.toContain('##[');
    }
  });
});

/** As the runner parses a line: ActionCommand.TryParseV2. */
function parsed(line: string) {
  const [, level, properties = '', data = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  const plain = (text: string) =>
    text
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  const pairs = properties.split(',').map((property): [string, string] => {
    const at = property.indexOf('=');
    return [property.slice(0, at), plain(property.slice(at + 1))];
  });
  return { level, properties: Object.fromEntries(pairs), data: plain(data) };
}

test('github: one command per finding, and each comes back out as it went in', () => {
  always(({ report }, text) => {
    const lines = renderWorkflowCommands(report).split('\n');
    expect(lines.pop()).toBe('');
    const commands = lines.map(parsed);
    expect(commands.map(({ level }) => level)).toEqual(['error', 'warning']);
    for (const { properties, data } of commands) {
      expect(Object.keys(properties)).toEqual(['file', 'line', 'endLine', 'col', 'endColumn', 'title']);
      expect(properties.file).toBe(printable(text));
      expect(data.split('\n')).toHaveLength(4);
      expect(invisibleIn(data)).toEqual([]);
    }
  });
});

test('markdown: no tag, table cell, code fence, link, mention or heading but its own', () => {
  always(({ report, context }) => {
    const summary = renderSummary(report, context);
    const outside = summary.replace(/^```text\n(?: *\d* \| .*\n){2}```$/gm, '');
    expect(outside.replace(/<\/?(?:details|summary|code)>|<details open>|<br>/g, '')).not.toContain('<');
    // A summary line is an HTML block, where Markdown does not count; elsewhere a backtick is escaped or a code span's.
    const inline = outside
      .replace(/^<details.*$/gm, '')
      .replace(/(?<!\\)`[^`\\|]+`/g, '')
      .replace(/\[documentation\]\(https:\/\/learn\.microsoft\.com\/[\w./:#?=&%~-]*\)/g, '');
    expect(inline).not.toMatch(/(?<!\\)(?:\\\\)*`/);
    expect(outside.split('<details').length).toBe(outside.split('</details>').length);
    const tables = outside.split('\n').filter((line) => line.startsWith('|'));
    const columns = tables.map((line) => line.replace(/\\\\/g, '').match(/(?<!\\)\|/g)?.length);
    // Matrix: head, rule and one row; probed servers: the same with seven columns.
    expect(columns).toEqual([3, 3, 3, 8, 8, 8]);
    expect(outside.match(/^#+ /gm)).toHaveLength(8);
    expect(outside).not.toMatch(/@octocat|^\s*::/m);
    expect(inline).not.toMatch(/https:\/\/evil|www\.evil|(?<!\\)\]\(https?:\/\/evil/);
    expect(invisibleIn(outside)).toEqual([]);
  });
});

test('json: the very report, on lines that the runner leaves alone', () => {
  always(({ report }) => {
    const text = renderJson(report);
    expect(JSON.parse(text)).toEqual(report);
    expect(text).not.toMatch(/^\s*::|##\[/m);
    expect(text.endsWith('}\n')).toBe(true);
  });
});
