/** Annotations through workflow commands: they need no token. GitHub shows ten of each level per step. */
import type { CheckReport } from '../model/check-report.ts';
import { type Finding, LEVELS, type Level } from '../model/finding.ts';
import { printable, SCENARIOS, worstFirst } from './words.ts';

const SHOWN_PER_LEVEL = 10;
/** GitHub takes 64 KB of message. */
const MAX_MESSAGE = 60_000;

/** `::error file=…,line=…::…` lines, the worst and most distinct first; the last slot says what did not fit. */
export function renderWorkflowCommands({ findings }: CheckReport): string {
  return LEVELS.flatMap((level) =>
    commandsOf(level, distinct(worstFirst(findings).filter((one) => one.level === level))),
  ).join('');
}

function commandsOf(level: Level, findings: readonly Finding[]): readonly string[] {
  if (findings.length <= SHOWN_PER_LEVEL) return findings.map(command);
  const rest = findings.length - SHOWN_PER_LEVEL + 1;
  return [
    ...findings.slice(0, SHOWN_PER_LEVEL - 1).map(command),
    `::${level} title=${property(`${rest} more`)}::${data(`${rest} more findings of this level stand in the job summary.`)}\n`,
  ];
}

/** Equal words at one place are one finding; one of each rule comes before the second of any. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const once = [
    ...new Map(
      findings.map((one) => [`${one.rule}\n${one.file}\n${one.line}\n${one.message}`, one]),
    ).values(),
  ];
  const seen = new Map<string, number>();
  return once
    .map((finding) => {
      const turn = seen.get(finding.rule) ?? 0;
      seen.set(finding.rule, turn + 1);
      return { finding, turn };
    })
    .sort((one, other) => one.turn - other.turn)
    .map(({ finding }) => finding);
}

function command(finding: Finding): string {
  const { level, file, line, column, endLine, endColumn, message, fix, helpUri } = finding;
  const properties: readonly (readonly [string, string | number])[] = [
    ['file', printable(file)],
    ['line', line],
    ['endLine', endLine],
    // GitHub takes columns only within one line.
    ...(line === endLine
      ? ([
          ['col', column],
          ['endColumn', endColumn],
        ] as const)
      : []),
    ['title', titleOf(finding)],
  ];
  const written = properties.map(([name, value]) => `${name}=${property(String(value))}`).join(',');
  const text = `${printable(message)}\nFix: ${printable(fix)}\n${helpUri}`.slice(0, MAX_MESSAGE);
  return `::${level} ${written}::${data(text)}\n`;
}

function titleOf({ scenario, rule }: Finding): string {
  return scenario === null ? rule : `Scenario ${scenario}: ${SCENARIOS[scenario]}`;
}

/** Escapes of the runner's command parser. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
