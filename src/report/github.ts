/**
 * Annotations through workflow commands: they need no token. GitHub shows ten of each level per step.
 * Form: docs.github.com/actions/reference/workflows-and-actions/workflow-commands; escapes: `@actions/core` command.ts.
 */
import type { CheckReport } from '../model/check-report.ts';
import { type Finding, LEVELS, type Level } from '../model/finding.ts';
import { cutTo } from './bounded.ts';
import { counted, placesNamed, printable, prose, titleOf, worstFirst } from './words.ts';

const SHOWN_PER_LEVEL = 10;
/** GitHub takes 64 KB of message; the rest of it is for fix, link and escapes. */
const MAX_WHAT = 40 * 1024;
const MAX_FIX = 8 * 1024;
const MAX_MESSAGE = 60 * 1024;
/** More lines than this are counted. */
const LINES_NAMED = 20;

/** The same words about the same file: one annotation, at the first place. */
interface Annotation {
  readonly finding: Finding;
  readonly lines: readonly number[];
}

/**
 * `::error file=…,line=…::…` lines, the worst and most distinct first; the tenth of a level says what did not fit.
 * `folder`: the checked folder within the repository, which paths are relative to; `''` when it is the repository.
 */
export function renderWorkflowCommands({ findings }: CheckReport, folder = ''): string {
  const worst = worstFirst(findings);
  return LEVELS.flatMap((level) =>
    commandsOf(level, distinctFirst(grouped(worst.filter((one) => one.level === level))), folder),
  )
    .map((line) => `${line}\n`)
    .join('');
}

function commandsOf(level: Level, annotations: readonly Annotation[], folder: string): readonly string[] {
  if (annotations.length <= SHOWN_PER_LEVEL) return annotations.map((one) => command(one, folder));
  const rest = annotations.slice(SHOWN_PER_LEVEL - 1).reduce((sum, { lines }) => sum + lines.length, 0);
  const text = `${counted(rest, `more ${level}`)}: GitHub shows ${SHOWN_PER_LEVEL} per step. All of them stand in the job summary.`;
  return [
    ...annotations.slice(0, SHOWN_PER_LEVEL - 1).map((one) => command(one, folder)),
    `::${level} title=${property(counted(rest, `more ${level}`))}::${data(text)}`,
  ];
}

function grouped(findings: readonly Finding[]): readonly Annotation[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.file, finding.message]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [finding] = group;
    return finding ? [{ finding, lines: group.map(({ line }) => line) }] : [];
  });
}

/** One of each rule before the second of any; the scenarios before the rest. */
function distinctFirst(annotations: readonly Annotation[]): readonly Annotation[] {
  const seen = new Map<string, number>();
  const ranked = annotations.map((annotation) => {
    const { rule, scenario } = annotation.finding;
    const turn = seen.get(rule) ?? 0;
    seen.set(rule, turn + 1);
    return { annotation, turn, other: Number(scenario === null) };
  });
  return ranked
    .sort((one, another) => one.turn - another.turn || one.other - another.other)
    .map(({ annotation }) => annotation);
}

function command({ finding, lines }: Annotation, folder: string): string {
  const { level, file, line, column, endLine, endColumn } = finding;
  const path = folder === '' ? file : `${folder}/${file}`;
  const properties: readonly (readonly [string, string | number])[] = [
    ['file', printable(path)],
    ['line', line],
    ['endLine', endLine],
    // GitHub takes columns only within one line.
    ...(line === endLine
      ? ([
          ['col', column],
          ['endColumn', endColumn],
        ] as const)
      : []),
    ['title', printable(titleOf(finding))],
  ];
  const written = properties.map(([name, value]) => `${name}=${property(String(value))}`).join(',');
  return `::${level} ${written}::${data(messageOf(finding, lines))}`;
}

function messageOf({ message, fix, helpUri, alsoAt }: Finding, [, ...others]: readonly number[]): string {
  const parts = [
    cutTo(prose(message), MAX_WHAT),
    ...(others.length > 0 ? [`Also at ${linesOf(others)}.`] : []),
    ...(alsoAt.length > 0 ? [`Also at ${cutTo(prose(placesNamed(alsoAt)), MAX_FIX)}.`] : []),
    `Fix: ${cutTo(prose(fix), MAX_FIX)}`,
    printable(helpUri),
  ];
  return cutTo(parts.join('\n'), MAX_MESSAGE);
}

function linesOf(lines: readonly number[]): string {
  const more = lines.length - LINES_NAMED;
  const named = lines.slice(0, LINES_NAMED).join(', ');
  return `${lines.length === 1 ? 'line' : 'lines'} ${named}${more > 0 ? ` and ${more} more` : ''}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(cutTo(text, MAX_FIX)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
