/** The report for a terminal: verdict, matrix, then findings as compilers show them. */
import type { CheckReport, NotChecked, ReportContext } from '../model/check-report.ts';
import type { Finding } from '../model/finding.ts';
import { renderMatrix } from './matrix.ts';
import { type Paint, painter, type Style, wrap } from './style.ts';
import { printable, SCENARIOS, tally, verdictSentence, worstFirst } from './words.ts';

export function renderTerminal(report: CheckReport, context: ReportContext, style: Style): string {
  const paint = painter(style);
  const findings = worstFirst(report.findings);
  const blocks = [
    paint.bold(verdictSentence(report, context.filesRead)),
    renderMatrix(report.pairs, style),
    ...findings.map((finding) => renderFinding(finding, context, style, paint)),
    renderNotChecked(report.notChecked, style, paint),
    report.declarations.length === 0 ? '' : `${tally(report.findings)}.`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function renderFinding(finding: Finding, context: ReportContext, style: Style, paint: Paint): string {
  const { level, rule, scenario, file, line, column, message, fix, helpUri } = finding;
  const gutter = ' '.repeat(String(line).length);
  const heading = `${paint.level(level, `${level}[${rule}]`)}${scenario === null ? '' : ` scenario ${scenario}: ${SCENARIOS[scenario]}`}`;
  const say = (label: string, text: string) =>
    wrap(`${label}${printable(text)}`, style.width - gutter.length - 3)
      .map((one, index) => `${gutter} ${paint.dim(index === 0 ? '=' : ' ')} ${one}`)
      .join('\n');
  return [
    heading,
    `${gutter}${paint.dim('-->')} ${printable(file)}:${line}:${column}`,
    ...excerpt(finding, context, style, paint, gutter),
    say('', message),
    say('fix: ', fix),
    `${gutter} ${paint.dim('=')} ${paint.dim(helpUri)}`,
  ].join('\n');
}

/** The line with `^~~~` under the marked part; a long line is cut around it. */
function excerpt(
  finding: Finding,
  context: ReportContext,
  style: Style,
  paint: Paint,
  gutter: string,
): string[] {
  const found = context.excerpt(finding);
  if (found === null || found.text.trim() === '') return [];
  const room = Math.max(30, style.width - gutter.length - 3);
  const indent = found.text.length - found.text.trimStart().length;
  const from =
    found.end - indent <= room ? indent : Math.max(indent, Math.min(found.start - 10, found.end - room + 4));
  const to = Math.min(found.text.length, from + room - (from > indent ? 1 : 0) - 1);
  const before = from > indent ? '…' : '';
  const shown = `${before}${printable(found.text.slice(from, to))}${to < found.text.length ? '…' : ''}`;
  const start = before.length + printable(found.text.slice(from, Math.max(from, found.start))).length;
  const length = Math.max(
    1,
    printable(found.text.slice(Math.max(from, found.start), Math.min(found.end, to))).length,
  );
  return [
    `${gutter} ${paint.dim('|')}`,
    `${paint.dim(String(finding.line))} ${paint.dim('|')} ${shown}`,
    `${gutter} ${paint.dim('|')} ${' '.repeat(start)}${paint.level(finding.level, `^${'~'.repeat(length - 1)}`)}`,
  ];
}

function renderNotChecked(entries: readonly NotChecked[], style: Style, paint: Paint): string {
  if (entries.length === 0) return '';
  const lines = entries.flatMap(({ subject, reason, file, line }) => {
    const place = file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`;
    return wrap(printable(`${subject}: ${reason}${place}`), style.width - 4).map(
      (one, index) => `${index === 0 ? '  - ' : '    '}${one}`,
    );
  });
  return [paint.bold('Not checked'), ...lines].join('\n');
}
