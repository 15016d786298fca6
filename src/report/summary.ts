/** The job summary, GitHub-flavoured Markdown: verdict first, then matrix, findings, what was probed and what was not. */
import type { CheckReport, NotChecked, ReportContext, TargetResult } from '../model/check-report.ts';
import type { Finding } from '../model/finding.ts';
import type { Scenario } from '../model/verdict.ts';
import { underlined } from './excerpt.ts';
import { headlineOf, notCheckedOf } from './headline.ts';
import { loginInBrief } from './login-words.ts';
import { code, html, link, markdown, row, tableHead } from './markdown.ts';
import { gridOf } from './matrix.ts';
import { certificateWords, protocolWords } from './observed.ts';
import { remedyLines } from './remedy-words.ts';
import {
  counted,
  outcomeWords,
  placesNamed,
  SCENARIOS,
  tally,
  titleOf,
  whenWords,
  worstFirst,
} from './words.ts';

/** GitHub takes 1 MiB of summary for a step. */
const MAX_BYTES = 1024 * 1024;
const ROOM_FOR_CUT = 512;
const EXCERPT_WIDTH = 100;

/** A piece of Markdown that is well-formed by itself or after the pieces before it; `gap`: a blank line before it. */
interface Piece {
  readonly text: string;
  readonly gap: boolean;
  readonly finding?: true;
}

export function renderSummary(
  report: CheckReport,
  context: Pick<ReportContext, 'filesRead' | 'excerpt'>,
): string {
  const { text } = headlineOf(report, context.filesRead);
  const findings = worstFirst(report.findings);
  return bounded([
    piece('## SQL Server TLS preflight'),
    piece(`**${markdown(text)}** ${tally(report.findings)}.`),
    ...matrix(report),
    ...scenarioSections(findings, context),
    ...probed(report.targets),
    ...remedies(report),
    ...saidToLogins(report.targets),
    ...notChecked(notCheckedOf(report)),
    ...suppressed(report.findings),
  ]);
}

const piece = (text: string): Piece => ({ text, gap: true });
const next = (text: string): Piece => ({ text, gap: false });

const MARKS = { connects: '✅', fails: '❌', 'may-fail': '⚠️', unknown: '❔' } as const;

function matrix({ pairs }: CheckReport): Piece[] {
  if (pairs.length === 0) return [];
  const { targets, rows } = gridOf(pairs);
  return [
    piece(tableHead(['client', ...targets.map(markdown)])),
    ...rows.map(({ client, cells }) => {
      const written = cells.map((some) =>
        some
          .map((pair) => markdown(`${whenWords(pair)}${MARKS[pair.outcome]} ${outcomeWords(pair)}`))
          .join('<br>'),
      );
      return next(row([markdown(client), ...written.map((cell) => cell || '·')]));
    }),
  ];
}

function scenarioSections(findings: readonly Finding[], context: Pick<ReportContext, 'excerpt'>): Piece[] {
  const sections = [
    ...(Object.keys(SCENARIOS).map(Number) as Scenario[]).map((scenario) => ({
      title: `Scenario ${scenario}: ${SCENARIOS[scenario].title}`,
      of: findings.filter((one) => one.scenario === scenario),
    })),
    { title: 'Other findings', of: findings.filter(({ scenario }) => scenario === null) },
  ];
  return sections
    .filter(({ of }) => of.length > 0)
    .flatMap(({ title, of }) => [
      piece(`### ${title} (${of.length})`),
      ...of.map((finding): Piece => ({ text: details(finding, context), gap: true, finding: true })),
    ]);
}

function remedies(report: CheckReport): Piece[] {
  const lines = remedyLines(report);
  return lines.length === 0
    ? []
    : [
        piece('### With the plan, this would let every client connect'),
        ...lines.map((line) => next(`- ${markdown(line)}`)),
      ];
}

const LEVEL_MARKS = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const;

/** An error stands open, the rest is folded. */
function details(finding: Finding, { excerpt }: Pick<ReportContext, 'excerpt'>): string {
  const { level, rule, file, line, column, message, fix, helpUri, evidence, confidence, alsoAt } = finding;
  const place = excerpt(finding);
  const shown = place && underlined(place, EXCERPT_WIDTH);
  // Every line of the block begins with its gutter, so no text can close the fence.
  const margin = ' '.repeat(String(line).length);
  const block = shown
    ? ['```text', `${line} | ${shown.source}`, `${margin} | ${shown.underline}`, '```', '']
    : [];
  const known = evidence.map(({ strength, statement }) => `- ${strength}: ${markdown(statement)}`);
  return [
    `<details${level === 'error' ? ' open' : ''}><summary>${LEVEL_MARKS[level]} <code>${html(`${file}:${line}:${column}`)}</code> ${html(who(finding))}</summary>`,
    '',
    ...block,
    `**Found:** ${markdown(message)}`,
    '',
    ...(alsoAt.length > 0 ? [`**Also at:** ${markdown(placesNamed(alsoAt))}`, ''] : []),
    `**Fix:** ${markdown(fix)}`,
    '',
    `${code(rule)} · ${level} · ${link('documentation', helpUri)} · known as: ${confidence}`,
    '',
    ...(known.length > 0 ? [...known, ''] : []),
    '</details>',
  ].join('\n');
}

/** `billing → orders`, or the rule's words. */
function who(finding: Finding): string {
  const { client, target } = finding;
  const parties = [client, target].filter((one) => one !== null).join(' → ');
  return finding.scenario === null ? [titleOf(finding), parties].filter(Boolean).join(': ') : parties;
}

function probed(targets: readonly TargetResult[]): Piece[] {
  const asked = targets.filter((target) => target.probed);
  if (asked.length === 0) return [];
  const head = [
    'target',
    'endpoint',
    'SQL Server',
    'protocols',
    'certificate',
    'connections',
    'milliseconds',
  ];
  return [
    piece('### Probed'),
    piece(tableHead(head)),
    ...asked.map((target) => {
      const { name, endpoint, product, prelogin, connections, milliseconds } = target;
      const server = prelogin
        ? [product, `(build ${prelogin.version}, encryption ${prelogin.encryption})`]
        : ['no answer'];
      return next(
        row([
          markdown(name),
          code(endpoint),
          markdown(server.filter((part) => part !== null).join(' ')),
          protocolWords(target).map(markdown).join('<br>') || '·',
          certificateWords(target).map(markdown).join('<br>') || '·',
          String(connections),
          String(Math.round(milliseconds)),
        ]),
      );
    }),
  ];
}

function saidToLogins(targets: readonly TargetResult[]): Piece[] {
  const lines = targets.flatMap(({ name, login }) =>
    loginInBrief(login).map((words) => `- ${markdown(name)}: ${markdown(words)}`),
  );
  if (lines.length === 0) return [];
  return [
    piece('### Said to a login'),
    ...lines.map((text, index) => (index === 0 ? piece(text) : next(text))),
  ];
}

function notChecked(entries: readonly NotChecked[]): Piece[] {
  if (entries.length === 0) return [];
  return [
    piece(`### Not checked (${entries.length})`),
    ...entries.map(({ subject, reason, file, line }, index) => {
      const place = file === null ? '' : ` (${code(`${file}${line === null ? '' : `:${line}`}`)})`;
      const text = `- ${markdown(subject)}: ${markdown(reason)}${place}`;
      return index === 0 ? piece(text) : next(text);
    }),
  ];
}

function suppressed(findings: readonly Finding[]): Piece[] {
  const lines = findings.flatMap(({ rule, file, line, suppressed: by }) => {
    if (!by) return [];
    const until = by.expires === null ? '' : ` until ${markdown(by.expires)}`;
    return [`- ${code(rule)} at ${code(`${file}:${line}`)}${until}: ${markdown(by.reason)}`];
  });
  if (lines.length === 0) return [];
  return [
    piece(`### Suppressed (${lines.length})`),
    ...lines.map((text, index) => (index === 0 ? piece(text) : next(text))),
  ];
}

/** Pieces while they fit, then what did not. */
function bounded(pieces: readonly Piece[]): string {
  let text = '';
  let bytes = 0;
  for (const [index, { text: more, gap }] of pieces.entries()) {
    const added = index === 0 ? more : `${gap ? '\n\n' : '\n'}${more}`;
    bytes += Buffer.byteLength(added);
    if (bytes > MAX_BYTES - ROOM_FOR_CUT) return `${text}\n\n${cutNote(pieces, index)}\n`;
    text += added;
  }
  return `${text}\n`;
}

function cutNote(pieces: readonly Piece[], from: number): string {
  const findings = pieces.filter(({ finding }) => finding);
  const lost = pieces.slice(from).filter(({ finding }) => finding).length;
  const what =
    lost > 0 ? `${lost} of ${counted(findings.length, 'finding')} and all that follows` : 'the rest';
  return `**Cut here:** a job summary holds 1 MiB, so ${what} did not fit. The JSON report has everything.`;
}
