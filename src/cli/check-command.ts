import { parseArgs } from 'node:util';
import { staleBaseline, writeBaseline } from '../edge/baseline-file.ts';
import { EXIT } from '../edge/exit.ts';
import { runCheck } from '../edge/run-check.ts';
import { planOf } from '../edge/what-if.ts';
import { LEVELS, type Level } from '../model/finding.ts';
import type { Plan } from '../model/target.ts';
import { fixesText } from '../report/fixes.ts';
import { FORMATS, type Format, render } from '../report/formats.ts';
import { argumentsOr } from './arguments.ts';
import { inventoryCommand } from './inventory-command.ts';
import type { Terminal } from './terminal.ts';

const DEADLINE_MS = 5000;

/** These ask for the inventory instead of a judgement. */
const LISTS = /^--(?:list$|why(?:=|$))/;

/** `check [folder]`. */
export async function checkCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  if (args.some((one) => LISTS.test(one)))
    return inventoryCommand(
      args.filter((one) => one !== '--list'),
      terminal,
    );
  const asked = readArguments(args);
  if ('complaint' in asked) {
    terminal.error(`${asked.complaint}\n`);
    return EXIT.USAGE;
  }
  const run = await runCheck({
    path: asked.path,
    policyFile: asked.policy,
    failOn: asked.failOn,
    reach: {
      refuse: () => (asked.offline ? 'not probed: --offline' : null),
      log: asked.verbose ? (line) => terminal.error(`${line}\n`) : () => {},
      deadlineMs: DEADLINE_MS,
    },
    whatIf: asked.whatIf,
    fix: asked.fix,
    baselineFile: asked.baseline,
    today: new Date().toISOString().slice(0, 10),
  });
  if ('complaint' in run) {
    for (const line of run.complaint) terminal.error(`${line}\n`);
    return run.exit;
  }
  const { report, context } = run.checked;
  const { writeBaseline: file } = asked;
  if (file !== null) {
    const written = await writeBaseline(file, report.findings);
    if (written) terminal.out(`${file} is written: with --baseline ${file} only new findings count.\n`);
    else terminal.error(`The baseline "${file}" cannot be written.\n`);
    return written ? EXIT.CLEAN : EXIT.UNABLE;
  }
  if (run.fixes) {
    const text = fixesText(run.fixes, asked.fix === 'dry-run');
    if (asked.format === 'terminal') terminal.out(`${text}\n`);
    else terminal.error(text);
  }
  const stale = staleBaseline(run.checked);
  if (stale !== null) terminal.error(`${stale}\n`);
  const { color, columns } = terminal;
  terminal.out(render(asked.format, report, context, { color, width: columns }));
  return run.exit;
}

interface Asked {
  readonly path: string;
  readonly format: Format;
  readonly policy: string | null;
  readonly failOn: Level | 'never' | null;
  readonly offline: boolean;
  readonly verbose: boolean;
  readonly whatIf: Plan | null;
  readonly fix: 'write' | 'dry-run' | null;
  readonly baseline: string | null;
  readonly writeBaseline: string | null;
}

function readArguments(args: readonly string[]): Asked | { complaint: string } {
  const parsed = argumentsOr(() => parse(args));
  if ('complaint' in parsed) return parsed;
  const { values, positionals } = parsed;
  if (positionals.length > 1) return { complaint: `check takes one folder; got ${positionals.join(', ')}.` };
  const format = FORMATS.find((one) => one === values.format);
  if (!format) return { complaint: `--format ${values.format} is not one of ${FORMATS.join(', ')}.` };
  const failOn = values['fail-on'] ?? null;
  if (failOn !== null && !isFailOn(failOn))
    return { complaint: `--fail-on ${failOn} is not one of ${LEVELS.join(', ')}, never.` };
  const { policy = null, offline, verbose } = values;
  const whatIf = planOf(values['what-if'].flatMap((words) => words.split(/[\s,]+/).filter(Boolean)));
  if (whatIf && 'complaint' in whatIf) return whatIf;
  const { baseline = null, 'write-baseline': writeBaseline = null } = values;
  if (baseline !== null && writeBaseline !== null)
    return {
      complaint:
        '--baseline and --write-baseline exclude each other: what is written is all that counts today.',
    };
  const dryRun = values['dry-run'];
  if (dryRun && !values.fix)
    return { complaint: '--dry-run goes with --fix: it shows what that would write.' };
  if (values.fix && writeBaseline !== null)
    return {
      complaint: '--fix and --write-baseline exclude each other: fix first, then write what is left.',
    };
  const fix = values.fix ? (dryRun ? 'dry-run' : 'write') : null;
  const path = positionals[0] ?? '.';
  return { path, format, policy, failOn, offline, verbose, whatIf, fix, baseline, writeBaseline };
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'terminal' },
      policy: { type: 'string' },
      'fail-on': { type: 'string' },
      offline: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      fix: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      baseline: { type: 'string' },
      'write-baseline': { type: 'string' },
      'what-if': { type: 'string', multiple: true, default: [] },
    },
  });

const isFailOn = (text: string): text is Level | 'never' =>
  text === 'never' || LEVELS.some((level) => level === text);
