import { parseArgs } from 'node:util';
import { EXIT } from '../edge/exit.ts';
import { prober } from '../edge/prober.ts';
import { labProfile } from '../lab/profiles.ts';
import { parseEndpoint } from '../model/endpoint.ts';
import { type ProbedTarget, type ProbeReport, unreachedTarget } from '../model/probe-report.ts';
import type { LoginVariables } from '../model/server-evidence.ts';
import type { Address } from '../model/target.ts';
import { renderProbe } from '../report/probe.ts';
import { argumentsOr } from './arguments.ts';
import { loginVariables } from './login-arguments.ts';
import type { Terminal } from './terminal.ts';
import { connectionsToTime } from './timing-arguments.ts';

const DEADLINE_MS = 5000;
const FORMATS = ['terminal', 'json'];

/** `probe ENDPOINT…`: exit code 3 when a server could not be asked. */
export async function probeCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const asked = readArguments(args);
  if ('complaint' in asked) {
    terminal.error(`${asked.complaint}\n`);
    return EXIT.USAGE;
  }
  const reach = {
    refuse: () => null,
    log: asked.verbose ? (line: string) => terminal.error(`${line}\n`) : () => {},
    deadlineMs: DEADLINE_MS,
  };
  const { simulate, timings, deep, login } = asked;
  const probe = prober(reach, { simulate, timings, deep, login });
  const targets: ProbedTarget[] = [];
  // One server after the other: nobody is asked for more than a few connections at a time.
  for (const { written, address } of asked.endpoints) {
    const found = await probe(address, written);
    targets.push('endpoint' in found ? found : unreachedTarget(written, found.reason));
  }
  const report: ProbeReport = { schemaVersion: 1, targets };
  terminal.out(
    asked.json
      ? `${JSON.stringify(report, null, 2)}\n`
      : renderProbe(report, { color: terminal.color, width: terminal.columns }),
  );
  return targets.some(({ prelogin }) => prelogin === null) ? EXIT.UNABLE : EXIT.CLEAN;
}

interface Asked {
  readonly endpoints: readonly { readonly written: string; readonly address: Address }[];
  readonly simulate: boolean;
  readonly timings: number | null;
  readonly deep: boolean;
  readonly login: LoginVariables | null;
  readonly json: boolean;
  readonly verbose: boolean;
}

function readArguments(args: readonly string[]): Asked | { complaint: string } {
  const parsed = argumentsOr(() => parse(args));
  if ('complaint' in parsed) return parsed;
  const { values, positionals } = parsed;
  if (!FORMATS.includes(values.format))
    return { complaint: `--format ${values.format} is not one of ${FORMATS.join(', ')}.` };
  if (positionals.length === 0)
    return { complaint: 'probe needs an endpoint: host,port, host\\INSTANCE or lab:PROFILE.' };
  const endpoints: { written: string; address: Address }[] = [];
  for (const written of positionals) {
    const address = addressOf(written);
    if ('complaint' in address) return address;
    endpoints.push({ written, address });
  }
  if (values.simulate !== undefined && values.simulate !== 'all') {
    return { complaint: `--simulate ${values.simulate} is not known; expected all.` };
  }
  const timings = connectionsToTime(values);
  if (typeof timings === 'object' && timings !== null) return timings;
  const login = loginVariables(values);
  if (login !== null && 'complaint' in login) return login;
  return {
    endpoints,
    timings,
    login,
    simulate: values.simulate === 'all',
    deep: values.deep,
    json: values.format === 'json',
    verbose: values.verbose,
  };
}

function addressOf(written: string): Address | { complaint: string } {
  if (written.startsWith('lab:')) {
    const profile = written.slice('lab:'.length);
    if (labProfile(profile)) return { kind: 'lab', profile };
    return { complaint: `There is no lab profile "${profile}"; \`lab --list\` names them.` };
  }
  const endpoint = parseEndpoint(written);
  if (endpoint) return { kind: 'network', endpoint };
  return {
    complaint: `"${written}" is no endpoint; expected host,port, host\\INSTANCE or lab:PROFILE.`,
  };
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'terminal' },
      simulate: { type: 'string' },
      timings: { type: 'boolean', default: false },
      connects: { type: 'string' },
      deep: { type: 'boolean', default: false },
      'login-user-env': { type: 'string' },
      'login-password-env': { type: 'string' },
      'login-trust-server-certificate': { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
