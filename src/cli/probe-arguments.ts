/** The arguments of `probe`. */
import { parseArgs } from 'node:util';
import type { ProberOptions } from '../edge/prober.ts';
import { argumentsOr } from './arguments.ts';
import { certificateOptions } from './certificate-arguments.ts';
import { loginVariables } from './login-arguments.ts';
import { type AskedEndpoint, endpointsOf } from './probe-endpoints.ts';
import { connectionsToTime } from './timing-arguments.ts';

export interface Asked {
  readonly endpoints: readonly AskedEndpoint[];
  readonly options: ProberOptions;
  readonly json: boolean;
  readonly verbose: boolean;
  /** For one connection. */
  readonly deadlineMs: number;
  /** Servers at a time. */
  readonly concurrency: number;
}

const FORMATS = ['terminal', 'json'];
const MAX_CONCURRENCY = 1000;
const MAX_DEADLINE_S = 60;

export function readProbeArguments(args: readonly string[]): Asked | { readonly complaint: string } {
  const parsed = argumentsOr(() => parse(args));
  if ('complaint' in parsed) return parsed;
  const { values, positionals } = parsed;
  if (!FORMATS.includes(values.format))
    return { complaint: `--format ${values.format} is not one of ${FORMATS.join(', ')}.` };
  if (values.simulate !== undefined && values.simulate !== 'all')
    return { complaint: `--simulate ${values.simulate} is not known; expected all.` };
  const deadline = Number(values.deadline);
  if (!(deadline >= 0.1 && deadline <= MAX_DEADLINE_S))
    return {
      complaint: `--deadline ${values.deadline} is no time in seconds; expected 0.1 to ${MAX_DEADLINE_S}.`,
    };
  const concurrency = Number(values.concurrency);
  if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MAX_CONCURRENCY))
    return {
      complaint: `--concurrency ${values.concurrency} is no number of servers; expected 1 to ${MAX_CONCURRENCY}.`,
    };
  const timings = connectionsToTime(values);
  if (typeof timings === 'object' && timings !== null) return timings;
  const certificate = certificateOptions(values);
  if ('complaint' in certificate) return certificate;
  const login = loginVariables(values);
  if (login !== null && 'complaint' in login) return login;
  const found = endpointsOf(positionals, values.file);
  if ('complaint' in found) return found;
  return {
    endpoints: found.endpoints,
    options: {
      timings,
      simulate: values.simulate === 'all',
      deep: values.deep,
      ntlm: values.ntlm,
      certificate,
      login,
    },
    json: values.json || values.format === 'json',
    verbose: values.verbose,
    deadlineMs: deadline * 1000,
    concurrency,
  };
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      file: { type: 'string', short: 'f', multiple: true, default: [] },
      format: { type: 'string', default: 'terminal' },
      json: { type: 'boolean', default: false },
      simulate: { type: 'string' },
      timings: { type: 'boolean', default: false },
      connects: { type: 'string' },
      deep: { type: 'boolean', default: false },
      ntlm: { type: 'boolean', default: false },
      deadline: { type: 'string', default: '5' },
      concurrency: { type: 'string', default: '32' },
      ca: { type: 'string' },
      'login-user-env': { type: 'string' },
      'login-password-env': { type: 'string' },
      'login-trust-server-certificate': { type: 'boolean', default: false },
      'host-name-in-certificate': { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  });
