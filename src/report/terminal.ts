/** The report for a terminal: verdict, matrix, then findings as compilers show them. */
import type { CheckReport, NotChecked, ReportContext, TargetResult } from '../model/check-report.ts';
import { compareLevels, type Finding } from '../model/finding.ts';
import { wrapped } from './display-width.ts';
import { underlined } from './excerpt.ts';
import { type Headline, headlineOf, notCheckedOf } from './headline.ts';
import { loginInBrief } from './login-words.ts';
import { renderMatrix } from './matrix.ts';
import { remedyLines } from './remedy-words.ts';
import { type Paint, painter, type Style } from './style.ts';
import { placesNamed, printable, prose, SCENARIOS, tally, worstFirst } from './words.ts';

const MIN_WIDTH = 40;

export function renderTerminal(report: CheckReport, context: ReportContext, asked: Style): string {
  const style = { ...asked, width: Math.max(MIN_WIDTH, asked.width) };
  const paint = painter(style);
  const headline = headlineOf(report, context.filesRead);
  const blocks = [
    wrapped(prose(headline.text), headline.tone === 'nothing' ? Number.POSITIVE_INFINITY : style.width)
      .map((line) => paint.bold(toned(line, headline.tone, paint)))
      .join('\n'),
    renderMatrix(report.pairs, style),
    ...worstFirst(report.findings).map((finding) => renderFinding(finding, context, style, paint)),
    renderRemedies(report, style, paint),
    renderLogins(report.targets, style, paint),
    renderNotChecked(notCheckedOf(report), style, paint),
    headline.tone === 'nothing' ? '' : summaryLine(report, context),
  ];
  return withoutCommands(`${blocks.filter((block) => block !== '').join('\n\n')}\n`);
}

/** In a step's log the runner takes a line that begins with `::` for a command, blanks before it or not. */
const withoutCommands = (text: string) => text.replace(/^([ \t]*):(?=:)/gm, '$1\\u{3A}');

function toned(text: string, tone: Headline['tone'], paint: Paint): string {
  if (tone === 'bad') return paint.level('error', text);
  if (tone === 'unsure') return paint.level('warning', text);
  return tone === 'good' ? paint.good(text) : text;
}

function renderFinding(finding: Finding, context: ReportContext, style: Style, paint: Paint): string {
  const { level, rule, scenario, file, line, column, message, fix, helpUri, alsoAt } = finding;
  const margin = ' '.repeat(String(line).length);
  const bar = `${margin} ${paint.dim('|')}`;
  const room = style.width - margin.length - 3;
  const say = (label: string, text: string) =>
    wrapped(`${label}${prose(text)}`, room).map(
      (one, index) => `${margin} ${paint.dim(index === 0 ? '=' : ' ')} ${one}`,
    );
  const place = context.excerpt(finding);
  const shown = place && underlined(place, room);
  const words = scenario === null ? '' : ` scenario ${scenario}: ${SCENARIOS[scenario].title}`;
  return [
    `${paint.bold(paint.level(level, printable(`${level}[${rule}]`)))}${words}`,
    `${margin}${paint.dim('-->')} ${printable(file)}:${line}:${column}`,
    ...(shown
      ? [bar, `${paint.dim(`${line} |`)} ${shown.source}`, `${bar} ${paint.level(level, shown.underline)}`]
      : []),
    ...say('', message),
    ...(alsoAt.length > 0 ? say('also at ', placesNamed(alsoAt)) : []),
    ...say('fix: ', fix),
    `${margin} ${paint.dim(`= help: ${printable(helpUri)}`)}`,
  ].join('\n');
}

function renderRemedies(report: CheckReport, style: Style, paint: Paint): string {
  const lines = remedyLines(report).flatMap((text) =>
    wrapped(prose(text), style.width - 4).map((one, index) => `${index === 0 ? '  - ' : '    '}${one}`),
  );
  return lines.length > 0
    ? [paint.bold('With the plan, this would let every client connect:'), ...lines].join('\n')
    : '';
}

/** What servers said to a login; a login that brought nothing stands among what was not checked. */
function renderLogins(targets: readonly TargetResult[], style: Style, paint: Paint): string {
  const lines = targets.flatMap(({ name, login }) =>
    loginInBrief(login).flatMap((words) =>
      wrapped(`${prose(name)}: ${words}`, style.width - 4).map(
        (one, index) => `${index === 0 ? '  - ' : '    '}${one}`,
      ),
    ),
  );
  return lines.length > 0 ? [paint.bold('Said to a login:'), ...lines].join('\n') : '';
}

function renderNotChecked(entries: readonly NotChecked[], style: Style, paint: Paint): string {
  if (entries.length === 0) return '';
  const lines = entries.flatMap(({ subject, reason, file, line }) => {
    const place = file === null ? '' : ` (${printable(file)}${line === null ? '' : `:${line}`})`;
    return wrapped(`${prose(subject)}: ${prose(reason)}${place}`, style.width - 4).map(
      (one, index) => `${index === 0 ? '  - ' : '    '}${one}`,
    );
  });
  return [paint.bold('Not checked:'), ...lines].join('\n');
}

/** `2 errors, 1 warning. The check fails (fail-on: error).` */
function summaryLine({ findings }: CheckReport, { failOn }: ReportContext): string {
  const counting =
    failOn === 'never'
      ? []
      : findings.filter(({ level, suppressed }) => suppressed === null && compareLevels(level, failOn) <= 0);
  const verdict = counting.length > 0 ? ` The check fails (fail-on: ${failOn}).` : '';
  return `${tally(findings)}.${verdict}`;
}
