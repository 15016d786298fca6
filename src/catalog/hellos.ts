/** ClientHellos as recorded from real clients (data/hellos.json), so that a simulated client sends the same bytes. */
import type { ClientHelloProfile, HelloLayout } from '../model/hello.ts';
import type { EncryptionOption } from '../model/observation.ts';
import data from './data/hellos.json' with { type: 'json' };
import type { DriverVersion } from './drivers.ts';
import type { TlsStack } from './tls-stacks.ts';
import { rangesOverlap } from './versions.ts';

export interface RecordedHello {
  readonly id: string;
  /** Row of tls-stacks.json. */
  readonly stack: string;
  /** Drivers whose builds of these versions (node-semver) send it on this stack; none: evidence for the stack alone. */
  readonly speaksFor: readonly { readonly driver: string; readonly versions: string }[];
  /** Name and version of what was run. */
  readonly client: string;
  /** TLS library and version. */
  readonly tls: string;
  readonly os: string;
  /** ISO date. */
  readonly date: string;
  readonly command: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  /** `bare`: by a program that knows no TDS; the hello is the same. */
  readonly carried: 'TDS packets' | 'bare';
  /** What its PRELOGIN asked for; `null` where none was sent. */
  readonly prelogin: EncryptionOption | null;
  /** What `server_name` holds when the client is given an address instead of a name; `null`: not sent. */
  readonly serverNameForAddress: string | null;
  /** The TLS records of the hello in hex, random and session id as sent. */
  readonly records: string;
  readonly layout: HelloLayout;
}

export const RECORDED_HELLOS = data.rows as unknown as readonly RecordedHello[];

/** ProtocolVersion of TLS 1.2, the highest inside TDS 7.x. */
const TLS_1_2 = 0x0303;

/** The recording that speaks for a build of `driver` on `stack`. */
export function recordedHello(
  driver: string,
  build: DriverVersion,
  stack: TlsStack,
): RecordedHello | undefined {
  return RECORDED_HELLOS.find(
    (row) =>
      row.stack === stack.id &&
      row.speaksFor.some(
        (one) => one.driver === driver && build.semver !== null && rangesOverlap(build.semver, one.versions),
      ),
  );
}

/** `hello` with the layout of the recording, where both go up to the same version. */
export function asRecorded(
  hello: ClientHelloProfile,
  recorded: RecordedHello | undefined,
): ClientHelloProfile {
  if (!recorded || recorded.layout.legacyVersion !== TLS_1_2 || !hello.protocols.includes('TLS 1.2'))
    return hello;
  return { ...hello, layout: recorded.layout };
}
