/** Why there is no container to ask, in one sentence: from what docker says, and from what the container said last. */
import { stripVTControlCharacters } from 'node:util';
import { maskSecrets } from '../discover/connection-strings/mask.ts';
import { prose } from '../report/words.ts';
import type { DockerRun } from './docker.ts';

/** Words of the docker command line and of its engine, and what they mean. The first that is found counts. */
const DOCKER_SAYS: readonly (readonly [RegExp, (found: RegExpExecArray, image: string) => string])[] = [
  [
    /permission denied while trying to connect|connect: permission denied/i,
    () => "this user may not use Docker's socket; the group `docker` may",
  ],
  [
    /(?:cannot connect to the docker daemon at|failed to connect to the docker API at) (\S+?)[.;]?(?:\s|$)/i,
    ([, where]) => `no Docker engine answers at ${where}; start it, or let DOCKER_HOST name another`,
  ],
  [/error during connect/i, () => 'no Docker engine answers; start it, or let DOCKER_HOST name another'],
  [/toomanyrequests/i, (_, image) => `the registry of ${image} allows no more pulls for now`],
  [
    /no matching manifest for (\S+)/i,
    ([, platform], image) => `the image ${image} is not made for ${platform}`,
  ],
  [
    /pull access denied|manifest unknown|manifest for .* not found|repository .* not found|no such image/i,
    (_, image) => `the image ${image} is not found, or needs \`docker login\``,
  ],
  [
    /unauthorized|authentication required|access .*denied/i,
    (_, image) => `the registry does not give out ${image}; \`docker login\` may help`,
  ],
  [
    /no such host|i\/o timeout|timeout exceeded|handshake timeout|connection refused|unreachable|deadline exceeded/i,
    (_, image) => `the registry of ${image} cannot be reached`,
  ],
  [/no space left on device/i, () => 'there is no space left where Docker keeps its images'],
  [/exec format error/i, (_, image) => `the image ${image} is made for another processor`],
];

/**
 * Words of SQL Server on Linux before it ends, and what they mean. Seen in reports of microsoft/mssql-docker:
 * licence #199, memory #452, password #776, TLS #382; mssql.conf laradock/laradock#2485.
 */
const SQL_SERVER_SAYS: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/End-User License Agreement/i, () => 'its licence terms were not accepted'],
  [
    /at least (\d+) megabytes of memory/i,
    ([, megabytes]) => `it needs ${megabytes} MB of memory; let Docker have more`,
  ],
  [/configuration file .* failed to load/i, () => 'it cannot read its mssql.conf'],
  [
    /password validation failed|unable to set system administrator password/i,
    () => 'it does not take the password that was made for it',
  ],
  [
    /unable to initialize SSL support/i,
    () => 'its TLS settings do not work: protocols, suites or the certificate that mssql.conf names',
  ],
  [/exec format error/i, () => 'it is made for another processor'],
];

/** Why a docker command failed. `secrets` are masked wherever they appear. */
export function dockerFailure(run: DockerRun, image: string, secrets: readonly string[] = []): string {
  if (run.trouble === 'missing')
    return 'the command `docker` is not there; install Docker, or put it on the PATH';
  if (run.trouble === 'stopped') return 'stopped before it was asked';
  const lines = linesOf(run.stderr, secrets);
  const last = lines.find((line) => /error response from daemon/i.test(line)) ?? lines.at(-1) ?? '';
  if (run.trouble === 'late') return withWords('docker did not come to an end in time', last);
  for (const [words, meaning] of DOCKER_SAYS)
    for (const line of lines) {
      const found = words.exec(line);
      if (found) return withWords(meaning(found, image), line);
    }
  return withWords(`docker failed${run.code === null ? '' : ` (exit code ${run.code})`}`, last);
}

/** How a container stood when it was given up. */
export interface LastState {
  /** `null`: it was still running. */
  readonly exitCode: number | null;
  readonly outOfMemory: boolean;
  /** The end of its log, both streams. */
  readonly log: string;
}

/** Why a container that ended, or that never answered (`otherwise`), cannot be asked. */
export function containerFailure(
  image: string,
  { exitCode, outOfMemory, log }: LastState,
  otherwise: string,
  secrets: readonly string[] = [],
): string {
  const causes = SQL_SERVER_SAYS.flatMap(([words, meaning]) => {
    const found = words.exec(log);
    return found ? [meaning(found)] : [];
  });
  const cause = outOfMemory ? 'it ran out of memory' : causes[0];
  const what = exitCode === null ? otherwise : `ended before it answered (exit code ${exitCode})`;
  const lines = linesOf(log, secrets).slice(-SHOWN_LINES);
  const last = lines.length === 0 ? 'its log is empty' : `its last lines: ${lines.join(' / ')}`;
  return `the container of ${image} ${what}${cause ? `: ${cause}` : ''}; ${last}`;
}

const SHOWN_LINES = 4;
const SHOWN_UNITS = 300;
/** Lines that hold something, safe to show: no secret, no control character, none too long. */
function linesOf(text: string, secrets: readonly string[]): readonly string[] {
  // Colours go first: one in the middle of a secret must not hide it.
  return secrets
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), stripVTControlCharacters(text))
    .split(/[\r\n]+/)
    .map((line) => prose(maskSecrets(line)))
    .filter((line) => line !== '')
    .map((line) => (line.length > SHOWN_UNITS ? `${line.slice(0, SHOWN_UNITS)}…` : line));
}

const withWords = (meaning: string, said: string) => (said === '' ? meaning : `${meaning} (docker: ${said})`);
