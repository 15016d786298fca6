/** Trusted root certificates: a file that was named, else the system's. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
// Not by name: Node 20 has no getCACertificates, and an import of what is missing does not load.
import tls from 'node:tls';

export interface Roots {
  readonly certificates: readonly X509Certificate[];
  /** Which these are, for people. */
  readonly from: string;
}

/** Where Debian, Red Hat, SUSE, Alpine and OpenSSL's own builds keep theirs, as one file of PEM. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** PEM, any number of certificates, or one in DER. */
export function rootsOfFile(file: string): Roots | { readonly complaint: string } {
  const bytes = bytesOf(file);
  if ('complaint' in bytes) return bytes;
  const { content } = bytes;
  const blocks = content.toString('latin1').match(PEM);
  const certificates = certificatesOf(blocks ?? [content]);
  if (certificates.length > 0) return { certificates, from: file };
  return {
    complaint: `${file} holds no certificate that can be read; expected PEM, or one certificate in DER.`,
  };
}

function bytesOf(file: string): { readonly content: Buffer } | { readonly complaint: string } {
  try {
    const content = readFileSync(file);
    if (content.length <= MAX_FILE_BYTES) return { content };
    return { complaint: `${file} is larger than 16 MB: is it a file of certificates?` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : `${code}`;
    return { complaint: `${file} cannot be read: ${why}.` };
  }
}

let system: Roots | undefined;

/**
 * The system's store where this Node can read it (22.15, 23.10), else a bundle at a usual place, else Node's own list. On Linux
 * the bundle is the store, and read four times as fast. Beside it what NODE_EXTRA_CA_CERTS names, with the same Node: a company's
 * authority is often there alone.
 */
export function systemRoots(): Roots {
  const [first, second] =
    process.platform === 'linux' ? [bundleRoots, storeRoots] : [storeRoots, bundleRoots];
  system ??= withExtra(first() ?? second() ?? nodeRoots());
  return system;
}

function withExtra(found: Roots): Roots {
  const extra = typeof tls.getCACertificates === 'function' ? tls.getCACertificates('extra') : [];
  if (extra.length === 0) return found;
  return {
    certificates: [...found.certificates, ...certificatesOf(extra)],
    from: `${found.from} and NODE_EXTRA_CA_CERTS`,
  };
}

function storeRoots(): Roots | null {
  if (typeof tls.getCACertificates !== 'function') return null;
  return someOf(certificatesOf([...new Set(tls.getCACertificates('system'))]), 'the system store');
}

function bundleRoots(): Roots | null {
  for (const file of BUNDLES) {
    const bytes = bytesOf(file);
    if ('complaint' in bytes) continue;
    const found = someOf(certificatesOf(bytes.content.toString('latin1').match(PEM) ?? []), file);
    if (found) return found;
  }
  return null;
}

const nodeRoots = (): Roots => ({
  certificates: certificatesOf(tls.rootCertificates),
  from: `the list that Node.js ${process.version} brings`,
});

const someOf = (certificates: readonly X509Certificate[], from: string): Roots | null =>
  certificates.length > 0 ? { certificates, from } : null;

/** What cannot be read is left out: systems keep odd things in their stores. */
function certificatesOf(written: readonly (string | Buffer)[]): X509Certificate[] {
  return written.flatMap((one) => {
    try {
      return [new X509Certificate(one)];
    } catch {
      return [];
    }
  });
}
