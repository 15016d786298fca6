/** A TDS server on loopback that plays a profile. One connection each: `connection.ts`. */
import { constants } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { Protocol } from '../model/protocol.ts';
import { compareProtocols } from '../model/protocol.ts';
import { suiteByName } from '../tls/cipher-suites.ts';
import { acceptLoop, listenWithoutAccepting } from './accept-loop.ts';
import { mintCertificate } from './certificates.ts';
import { type Contexts, serve } from './connection.ts';
import type { LabProfile } from './profiles.ts';
import type { RunningLab } from './running.ts';

export interface LabOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** An address of 127.0.0.0/8; 127.0.0.1 when absent. */
  readonly host?: `127.${string}`;
  readonly onEvent?: (line: string) => void;
}

const LOOPBACK = '127.0.0.1';
const MAX_CONNECTIONS = 200;
const IDLE_MS = 10_000;

const NODE_VERSIONS: Partial<Readonly<Record<Protocol, 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'>>> = {
  'TLS 1.0': 'TLSv1',
  'TLS 1.1': 'TLSv1.1',
  'TLS 1.2': 'TLSv1.2',
  'TLS 1.3': 'TLSv1.3',
};

/** Listens on 127.0.0.1 and nowhere else. Rejects when the port is taken. */
export async function startLab(
  profile: LabProfile,
  { port = 0, host = LOOPBACK, onEvent = () => {} }: LabOptions = {},
): Promise<RunningLab> {
  if (profile.instead === 'no-accept') return listenWithoutAccepting(LOOPBACK, port);
  const contexts = profile.instead === undefined ? contextsOf(profile) : null;
  const inTurn = acceptLoop(profile.stall);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (contexts) inTurn(() => serve(socket, profile, contexts, onEvent));
    else if (profile.instead === 'close') socket.end();
    else socket.resume();
  });
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, listening);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}

function contextsOf(profile: LabProfile): Contexts {
  const { strict, protocols } = profile;
  const strictProtocols = protocols.filter((version) => compareProtocols(version, 'TLS 1.2') >= 0);
  return {
    tds7:
      strict === 'only'
        ? null
        : secureContext(
            profile,
            protocols.filter((version) => version !== 'TLS 1.3'),
          ),
    strict: strict === undefined ? null : secureContext(profile, strictProtocols),
  };
}

/** Everything is explicit, security level 0 included, so that each OpenSSL under Node plays the same server. */
function secureContext(profile: LabProfile, protocols: readonly Protocol[]) {
  const versions = [...protocols].sort(compareProtocols).map((version) => NODE_VERSIONS[version]);
  const [minVersion, maxVersion] = [versions[0], versions.at(-1)];
  const { chain, key } = mintCertificate(profile.certificate);
  const names = profile.suites.map((name) => suiteByName(name)?.openssl ?? name);
  return createSecureContext({
    key,
    cert: chain,
    ciphers: `${names.join(':')}:@SECLEVEL=0`,
    honorCipherOrder: true,
    ecdhCurve: profile.groups.join(':'),
    sigalgs: profile.signatureAlgorithms.join(':'),
    // As strong as the key, so 2048 bits. Where a profile plays DHE itself, OpenSSL must not.
    ...(!profile.dhe && { dhparam: 'auto' }),
    // A resumed handshake ends with the client's flight: its login would follow bare in the same segment.
    secureOptions: constants.SSL_OP_NO_TICKET,
    ...(minVersion && { minVersion }),
    ...(maxVersion && { maxVersion }),
  });
}
