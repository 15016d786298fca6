import { parseArgs } from 'node:util';
import { EXIT } from '../edge/exit.ts';
import { labProfile, labProfiles } from '../lab/profiles.ts';
import { startLab } from '../lab/server.ts';
import { argumentsOr } from './arguments.ts';
import type { Terminal } from './terminal.ts';

/** `lab PROFILE`: plays a SQL Server on loopback until interrupted; `--list` names the profiles. */
export async function labCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = argumentsOr(() => parse(args));
  if ('complaint' in parsed) {
    terminal.error(`${parsed.complaint}\n`);
    return EXIT.USAGE;
  }
  if (parsed.values.list) {
    const width = Math.max(...labProfiles().map(({ name }) => name.length));
    for (const { name, description } of labProfiles())
      terminal.out(`${name.padEnd(width)}  ${description}\n`);
    return EXIT.CLEAN;
  }
  const [name] = parsed.positionals;
  const profile = name === undefined ? undefined : labProfile(name);
  const port = Number(parsed.values.port);
  if (!profile) {
    terminal.error(
      `${name === undefined ? 'lab needs a profile' : `There is no lab profile "${name}"`}; \`lab --list\` names them.\n`,
    );
    return EXIT.USAGE;
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    terminal.error(`--port ${parsed.values.port} is not a port.\n`);
    return EXIT.USAGE;
  }
  return play(profile, port, terminal);
}

async function play(
  profile: Parameters<typeof startLab>[0],
  port: number,
  terminal: Terminal,
): Promise<number> {
  let lab: Awaited<ReturnType<typeof startLab>>;
  try {
    lab = await startLab(profile, { port, onEvent: (line) => terminal.error(`${line}\n`) });
  } catch (error) {
    terminal.error(
      `The lab could not listen on 127.0.0.1:${port}: ${error instanceof Error ? error.message : String(error)}.\n`,
    );
    return EXIT.UNABLE;
  }
  terminal.out(`${profile.name} on 127.0.0.1,${lab.port} (Ctrl+C ends it)\n`);
  await new Promise<void>((interrupted) => {
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
  });
  await lab.close();
  return EXIT.CLEAN;
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { port: { type: 'string', default: '0' }, list: { type: 'boolean', default: false } },
  });
