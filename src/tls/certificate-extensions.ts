/** Extensions of a certificate that say what it is for, RFC 5280 §4.2.1. */
import type { CertificateFacts } from '../model/certificate.ts';
import { children, type Element, elements, objectIdentifier, TAG } from './der.ts';
import { TlsError } from './wire.ts';

export type ExtensionFacts = Pick<
  CertificateFacts,
  'dnsNames' | 'ipAddresses' | 'keyUsage' | 'extendedKeyUsage' | 'ca'
>;

const ID = {
  KEY_USAGE: '2.5.29.15',
  SUBJECT_ALT_NAME: '2.5.29.17',
  BASIC_CONSTRAINTS: '2.5.29.19',
  EXTENDED_KEY_USAGE: '2.5.29.37',
} as const;

/** By bit, from the first bit of the first byte: RFC 5280 §4.2.1.3. */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

/** RFC 5280 §4.2.1.12; the last three (Microsoft's, RFC 4556) stand in certificates of Windows hosts. */
const PURPOSES: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
  '1.3.6.1.4.1.311.20.2.2': 'smartcardLogon',
  '1.3.6.1.4.1.311.54.1.2': 'remoteDesktop',
  '1.3.6.1.5.2.3.5': 'kdc',
};

/** Tags of GeneralName, RFC 5280 §4.2.1.6. */
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** `tagged`: the `extensions [3]` of a certificate. @throws {TlsError} when one of these cannot be read. */
export function extensionsOf(tagged: Element | undefined): ExtensionFacts {
  const values = tagged ? valuesOf(tagged) : new Map<string, Element | undefined>();
  const names = generalNames(values.get(ID.SUBJECT_ALT_NAME));
  const usage = values.get(ID.KEY_USAGE);
  const purposes = values.get(ID.EXTENDED_KEY_USAGE);
  const constraints = values.get(ID.BASIC_CONSTRAINTS);
  return {
    dnsNames: names.flatMap(({ tag, contents }) => (tag === DNS_NAME ? [contents.toString('latin1')] : [])),
    ipAddresses: names.flatMap(({ tag, contents }) => (tag === IP_ADDRESS ? [address(contents)] : [])),
    keyUsage: usage ? keyUsages(usage) : null,
    extendedKeyUsage: purposes
      ? children(purposes, TAG.SEQUENCE).map((one) => purpose(objectIdentifier(one)))
      : null,
    ca: constraints ? isCa(constraints) : null,
  };
}

/** Object identifier → value. */
function valuesOf(tagged: Element): ReadonlyMap<string, Element | undefined> {
  const [list] = elements(tagged.contents);
  return new Map(
    children(list, TAG.SEQUENCE).map((extension) => {
      const parts = children(extension, TAG.SEQUENCE);
      const value = parts.at(-1);
      if (value?.tag !== TAG.OCTET_STRING) throw new TlsError('an extension without a value');
      const id = objectIdentifier(parts[0]);
      // The others may hold what they like.
      const known: readonly string[] = Object.values(ID);
      return [id, known.includes(id) ? elements(value.contents)[0] : undefined];
    }),
  );
}

const generalNames = (value: Element | undefined) => (value ? children(value, TAG.SEQUENCE) : []);
const purpose = (id: string) => PURPOSES[id] ?? id;

function keyUsages({ tag, contents }: Element): string[] {
  if (tag !== TAG.BIT_STRING) throw new TlsError('a key usage that is no BIT STRING');
  const bits = contents.subarray(1);
  return KEY_USAGES.filter((_, at) => ((bits[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0);
}

/** FALSE when it is left out. */
function isCa(constraints: Element): boolean {
  const [first] = children(constraints, TAG.SEQUENCE);
  return first?.tag === TAG.BOOLEAN && first.contents[0] !== 0;
}

/** Four bytes or sixteen; anything else in hexadecimal, which no host is called. */
function address(bytes: Buffer): string {
  if (bytes.length === 4) return [...bytes].join('.');
  if (bytes.length !== 16) return bytes.toString('hex');
  const groups = bytes.toString('hex').match(/.{4}/g) ?? [];
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
