/** A thousand servers on loopback addresses of their own, in one process: it sends their endpoints to its parent. */
import { labProfile } from '../src/lab/profiles.ts';
import { startLab } from '../src/lab/server.ts';

const PORT = 14330;
/** Of each ten: seven answer, two are not there, one takes connections and says nothing. */
const KINDS = ['live', 'live', 'dead', 'live', 'live', 'silent', 'live', 'live', 'dead', 'live'] as const;
const COUNT = 1000;
const PROFILE = { live: 'sql-server-2022', silent: 'silent' } as const;

const endpoints: string[] = [];
for (let index = 0; index < COUNT; index += 1) {
  const kind = KINDS[index % KINDS.length] ?? 'dead';
  const host = `127.1.${Math.floor(index / 250)}.${1 + (index % 250)}` as const;
  endpoints.push(`${host},${PORT}`);
  if (kind === 'dead') continue;
  const profile = labProfile(PROFILE[kind]);
  if (profile) await startLab(profile, { port: PORT, host });
}
process.send?.(endpoints);
