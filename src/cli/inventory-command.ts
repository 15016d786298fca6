import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT } from '../edge/exit.ts';
import { openFolder } from '../edge/open-folder.ts';
import { explain, inventory } from '../inventory.ts';
import { INVENTORY_FORMATS, renderExplanation, renderInventory } from '../report/inventory.ts';
import { argumentsOr } from './arguments.ts';
import type { Terminal } from './terminal.ts';

/** `inventory [folder]`, also as `check --list`: what was found, without any judgement; nothing is dialled. */
export async function inventoryCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = argumentsOr(() => parse(args));
  const complaint = 'complaint' in parsed ? parsed.complaint : complaintOf(parsed);
  if ('complaint' in parsed || complaint !== null) {
    terminal.error(`${complaint}\n`);
    return EXIT.USAGE;
  }
  const { values, positionals } = parsed;
  const path = positionals[0] ?? '.';
  const opened = await openFolder({ path, policyFile: values.policy ?? null });
  if ('complaint' in opened) {
    for (const line of opened.complaint) terminal.error(`${line}\n`);
    return opened.exit;
  }
  const style = { color: terminal.color, width: Math.max(40, terminal.columns) };
  const format = INVENTORY_FORMATS.find((one) => one === values.format) ?? 'terminal';
  if (values.why === undefined) {
    const listed = await inventory(opened);
    terminal.out(renderInventory(format, listed.inventory, listed.filesRead, style));
  } else {
    terminal.out(renderExplanation(format, await explain(opened, within(path, values.why)), style));
  }
  return EXIT.CLEAN;
}

/** People name a file from where they stand, or from the checked folder. */
function within(folder: string, file: string): string {
  const here = relative(resolve(folder), resolve(file)).replaceAll('\\', '/');
  return here.startsWith('../') || here === '..' ? file.replaceAll('\\', '/') : here;
}

function complaintOf({ values, positionals }: ReturnType<typeof parse>): string | null {
  if (positionals.length > 1) return `inventory takes one folder; got ${positionals.join(', ')}.`;
  if (!INVENTORY_FORMATS.some((one) => one === values.format))
    return `--format ${values.format} is not one of ${INVENTORY_FORMATS.join(', ')}.`;
  return values.why !== undefined && values.format === 'csv'
    ? '--why explains one file; it has no CSV. Use --format terminal or json.'
    : null;
}

/** Options of `check` that say how to dial and to judge: taken, since neither is done. */
const IDLE = {
  offline: { type: 'boolean' },
  verbose: { type: 'boolean' },
  'fail-on': { type: 'string' },
} as const;

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'terminal' },
      policy: { type: 'string' },
      why: { type: 'string' },
      ...IDLE,
    },
  });
