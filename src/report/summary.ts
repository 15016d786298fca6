/** The job summary, GitHub-flavoured Markdown: verdict first, then the matrix, findings, what was probed and what was not. */
import type {
  CheckReport,
  NotChecked,
  PairResult,
  ReportContext,
  TargetResult,
} from '../model/check-report.ts';
import type { Finding } from '../model/finding.ts';
import { outcomeWords, printable, SCENARIOS, tally, verdictSentence, worstFirst } from './words.ts';

/** GitHub takes 1 MiB. */
const MAX_BYTES = 1024 * 1024;
const CUT = '\n\n*The rest is cut: a job summary holds 1 MiB. The JSON report has all of it.*\n';

export function renderSummary(report: CheckReport, { filesRead }: Pick<ReportContext, 'filesRead'>): string {
  const findings = worstFirst(report.findings);
  const sections = [
    `## SQL Server TLS preflight\n\n**${markdown(verdictSentence(report, filesRead))}** ${tally(report.findings)}.`,
    matrix(report.pairs),
    findingsSection(findings),
    probed(report.targets),
    notChecked(report.notChecked),
  ];
  return bounded(`${sections.filter((section) => section !== '').join('\n\n')}\n`);
}

const MARKS = { connects: '✅', fails: '❌', 'may-fail': '⚠️', unknown: '❔' } as const;

function matrix(pairs: readonly PairResult[]): string {
  if (pairs.length === 0) return '';
  const clients = unique(pairs.map(({ client }) => client));
  const targets = unique(pairs.map(({ target }) => target));
  const cell = (client: string, target: string) =>
    pairs
      .filter((pair) => pair.client === client && pair.target === target)
      .map(
        (pair) =>
          `${MARKS[pair.outcome]} ${pair.when === 'planned' ? 'planned: ' : ''}${markdown(outcomeWords(pair))}`,
      )
      .join('<br>') || '·';
  return [
    `| client | ${targets.map(markdown).join(' | ')} |`,
    `|---|${targets.map(() => '---|').join('')}`,
    ...clients.map(
      (client) => `| ${markdown(client)} | ${targets.map((target) => cell(client, target)).join(' | ')} |`,
    ),
  ].join('\n');
}

function findingsSection(findings: readonly Finding[]): string {
  const groups = [
    ...([1, 2, 3, 4, 5, 6] as const).map((scenario) => ({
      title: `Scenario ${scenario}: ${SCENARIOS[scenario]}`,
      of: findings.filter((one) => one.scenario === scenario),
      open: true,
    })),
    { title: 'Other findings', of: findings.filter(({ scenario }) => scenario === null), open: false },
  ].filter(({ of }) => of.length > 0);
  return groups
    .map(({ title, of, open }) =>
      [
        `<details${open ? ' open' : ''}><summary><b>${title}</b> (${of.length})</summary>`,
        '',
        ...of.map(item),
        '',
        '</details>',
      ].join('\n'),
    )
    .join('\n\n');
}

function item({ level, rule, file, line, message, fix, helpUri }: Finding): string {
  return `- **${level}** \`${code(rule)}\` ${codeSpan(`${file}:${line}`)}\n  ${markdown(message)}\n  *Fix:* ${markdown(fix)} [more](${helpUri})`;
}

function probed(targets: readonly TargetResult[]): string {
  const asked = targets.filter((target) => target.probed);
  if (asked.length === 0) return '';
  const rows = asked.map((target) => {
    const { name, endpoint, prelogin, protocols, certificate, connections, milliseconds } = target;
    const taken = protocols.filter(({ state }) => state === 'accepted').map(({ version }) => version);
    const signed =
      certificate &&
      `${certificate.signatureHash ?? certificate.signatureOid}${certificate.selfSigned ? ', self-signed' : ''}`;
    const cells = [
      name,
      endpoint,
      prelogin?.version ?? 'no answer',
      taken.join(', ') || 'none',
      signed ?? '·',
      String(connections),
      `${milliseconds} ms`,
    ];
    return `| ${cells.map(markdown).join(' | ')} |`;
  });
  return [
    '### Probed',
    '',
    '| target | endpoint | version | protocols | certificate | connections | time |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function notChecked(entries: readonly NotChecked[]): string {
  if (entries.length === 0) return '';
  const lines = entries.map(({ subject, reason, file, line }) => {
    const place = file === null ? '' : ` (${codeSpan(`${file}${line === null ? '' : `:${line}`}`)})`;
    return `- ${markdown(subject)}: ${markdown(reason)}${place}`;
  });
  return ['### Not checked', '', ...lines].join('\n');
}

const unique = (values: readonly string[]) => [...new Set(values)];

/** Text that cannot become Markdown, HTML, a table cell or a mention. */
function markdown(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$-]/g, (character) => `\\${character}`)
    .replaceAll('@', '&#64;')
    .replaceAll('://', ':&#47;&#47;');
}

const code = (text: string) => printable(text).replaceAll('`', "'").replaceAll('|', '¦');
const codeSpan = (text: string) => `\`${code(text)}\``;

function bounded(text: string): string {
  if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  const kept = Buffer.from(text)
    .subarray(0, MAX_BYTES - Buffer.byteLength(CUT) - 64)
    .toString('utf8');
  const lines = kept.slice(0, kept.lastIndexOf('\n'));
  const open = lines.lastIndexOf('<details') > lines.lastIndexOf('</details>');
  return `${lines}${open ? '\n\n</details>' : ''}${CUT}`;
}
