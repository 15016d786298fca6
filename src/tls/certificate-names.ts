/**
 * Does a certificate name a host? RFC 9525 §6, as clients of SQL Server do it: a dNSName may have one wildcard, its whole
 * left-most label; an address must stand as iPAddress; the CN counts only where there is neither (RFC 6125 §6.4.4).
 */
import type { CertificateFacts } from '../model/certificate.ts';

export type NameFacts = Pick<CertificateFacts, 'dnsNames' | 'ipAddresses' | 'commonName'>;

const ADDRESS_V4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

/**
 * `host` as the client names it: what it dials, or `HostNameInCertificate`, which then replaces it. An IPv6 address may stand
 * in brackets.
 */
export function certificateNames(certificate: NameFacts, host: string): boolean {
  const address = addressOf(host);
  if (address !== null) return certificate.ipAddresses.some((one) => addressOf(one) === address);
  const name = withoutDot(inAscii(host).toLowerCase());
  return presentedNames(certificate).some((presented) => matches(withoutDot(presented.toLowerCase()), name));
}

/** DNS names that count: the CN is looked at only when no name or address stands beside it. */
export function presentedNames({ dnsNames, ipAddresses, commonName }: NameFacts): readonly string[] {
  if (dnsNames.length > 0 || ipAddresses.length > 0) return dnsNames;
  return commonName === null ? [] : [commonName];
}

/** One form for equal addresses; `null`: no address. */
function addressOf(host: string): string | null {
  if (ADDRESS_V4.test(host)) return host;
  const bare = /^\[?([\dA-Fa-f:.]*:[\dA-Fa-f:.]*)\]?$/.exec(host)?.[1];
  if (bare === undefined || !URL.canParse(`http://[${bare}]/`)) return null;
  return new URL(`http://[${bare}]/`).hostname.slice(1, -1);
}

/** Both in lower case, without the dot of the root. */
function matches(presented: string, host: string): boolean {
  if (host === '' || addressOf(presented) !== null) return false;
  if (presented === host) return !host.includes('*');
  if (!presented.startsWith('*.')) return false;
  const parent = presented.slice('*.'.length);
  const [label = '', ...rest] = host.split('.');
  // One label, whole; never all of a top-level domain.
  return label !== '' && rest.length > 1 && !parent.includes('*') && rest.join('.') === parent;
}

/** A certificate holds A-labels, RFC 5890 §2.3.2.1; people write U-labels. */
function inAscii(host: string): string {
  const url = `http://${host}/`;
  return /[^\u0020-\u007e]/.test(host) && URL.canParse(url) ? new URL(url).hostname : host;
}

const withoutDot = (name: string) => (name.endsWith('.') ? name.slice(0, -1) : name);
