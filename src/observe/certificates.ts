/** The certificate chain of a server, from whatever it answered. */
import { connect, type DetailedPeerCertificate } from 'node:tls';
import type { CertificateFacts } from '../model/certificate.ts';
import type { HelloAnswer } from '../model/observation.ts';
import { decodeCertificate } from '../tls/certificate.ts';
import { TlsError } from '../tls/wire.ts';
import { ALPN } from './strict.ts';
import type { Line } from './wire/line.ts';

const MAX_CERTIFICATES = 20;

/** Of the last answer that brought one; a certificate that cannot be decoded ends the chain. */
export function certificatesOf(answers: readonly HelloAnswer[]): CertificateFacts[] {
  return decodedChain(sentChain(answers));
}

/** DER, leaf first, of the last answer that brought a certificate; empty when none did. */
export function sentChain(answers: readonly HelloAnswer[]): readonly Uint8Array[] {
  const answer = answers.findLast((one) => one.state === 'accepted' && one.chain.length > 0);
  return answer?.state === 'accepted' ? answer.chain.slice(0, MAX_CERTIFICATES) : [];
}

/** A certificate that cannot be decoded ends the chain. */
export function decodedChain(chain: readonly Uint8Array[]): CertificateFacts[] {
  const facts: CertificateFacts[] = [];
  try {
    for (const der of chain) facts.push(decodeCertificate(der));
  } catch (error) {
    if (!(error instanceof TlsError)) throw error;
  }
  return facts;
}

/** TLS 1.3 encrypts the certificate: only a whole handshake of TDS 8.0 shows it. Empty when that fails. */
export async function strictChain(line: Line): Promise<readonly Uint8Array[]> {
  const chain = (await line.run((deadlineMs) => handshake(line, deadlineMs))) ?? [];
  line.log('TLS first, a whole TLS 1.3 handshake for the certificate', `${chain.length} in the chain`);
  return chain;
}

function handshake({ where }: Line, deadlineMs: number): Promise<readonly Buffer[]> {
  const { host, port, serverName } = where;
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      ...(serverName !== null && { servername: serverName }),
      ALPNProtocols: [ALPN],
      minVersion: 'TLSv1.3',
      // Node would add an issuer that this machine knows to what was sent.
      ca: [],
      // It is looked at, not trusted: nothing is sent over this connection.
      rejectUnauthorized: false,
    });
    const finish = (chain: readonly Buffer[]) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(chain);
    };
    const timer = setTimeout(() => finish([]), deadlineMs);
    socket.on('secureConnect', () => finish(chainOf(socket.getPeerCertificate(true))));
    socket.on('error', () => finish([]));
    socket.on('close', () => finish([]));
  });
}

/** Node links each certificate to its issuer, and a self-signed one to itself. */
function chainOf(leaf: DetailedPeerCertificate): Buffer[] {
  const chain: Buffer[] = [];
  let next: DetailedPeerCertificate | undefined = leaf;
  while (next?.raw && chain.length < MAX_CERTIFICATES) {
    chain.push(next.raw);
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate;
  }
  return chain;
}
