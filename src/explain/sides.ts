/** What each side brings to each step, in words. */
import type { Client, ClientCase } from '../model/client.ts';
import { formatEndpoint } from '../model/connection.ts';
import type { ExplainedStep } from '../model/explanation.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import { formatAddress } from '../model/target.ts';
import type { JudgedPair } from '../rules/rule.ts';
import { suiteByName } from '../tls/cipher-suites.ts';
import type { CaseVerdict } from '../tls/quantify.ts';

type Sides = Readonly<Record<ExplainedStep['step'], string>>;

const NOT_KNOWN = 'not known';

export function clientSides({ client }: JudgedPair, of: ClientCase): Sides {
  const { hello, limits } = of;
  const encrypt = client.settings.encrypt?.value ?? null;
  return {
    tcp: 'connects',
    prelogin: preloginWords(encrypt, of.clearText),
    version: hello ? listed(hello.protocols, 'none') : NOT_KNOWN,
    'cipher-suite': hello
      ? `${hello.suites.length} suites: ${families(hello.suites)}; groups ${listed(hello.groups, 'none')}`
      : NOT_KNOWN,
    certificate: [
      validates(client)
        ? 'validates it'
        : encrypt === null
          ? 'validates it or not: not known'
          : 'takes any that it can read',
      ...(hello ? [`lists ${hashes(hello.signatureAlgorithms)}`] : []),
      ...(limits.minRsaBits === null ? [] : [`RSA from ${limits.minRsaBits} bits`]),
      ...(limits.refusesNegativeSerial ? ['refuses a negative serial number'] : []),
    ].join('; '),
    'key-exchange': limits.minDhBits === null ? 'as the suite says' : `TLS_DHE from ${limits.minDhBits} bits`,
    finished: ZEROES[limits.leadingZeroFix ?? 'null'],
  };
}

/** As `judge` takes it: it encrypts, and does not trust any certificate. */
export function validates({ settings: { encrypt, trustServerCertificate: trust } }: Client): boolean {
  return encrypt?.value === 'Strict' || (encrypt?.value === 'Mandatory' && trust?.value === false);
}

export function serverSides({ server, target }: JudgedPair, { verdict }: CaseVerdict): Sides {
  const { suites, groups, dhBits } = server;
  return {
    tcp: target.endpoints.length > 0 ? formatAddress(target.address, formatEndpoint) : 'listens',
    prelogin: encryptionWords(server),
    version: versionsWords(server),
    'cipher-suite': suites
      ? `${suites.value.names.length} suites, ${suites.value.order}'s order: ${families(suites.value.names)}${groups ? `; groups ${listed(groups.value, 'none')}` : ''}`
      : verdict.evidence.some(({ strength }) => strength === 'observed')
        ? 'its list was not asked for, only its answer to this very hello'
        : NOT_KNOWN,
    certificate: certificateWords(server),
    'key-exchange':
      dhBits && suiteByName(verdict.suite ?? '')?.keyExchange === 'DHE'
        ? `a TLS_DHE prime of ${dhBits.value} bits`
        : 'as the suite says',
    finished: ZEROES[server.leadingZeroFix?.value ?? 'null'],
  };
}

const ZEROES = {
  fixed: 'strips leading zero bytes of a TLS_DHE secret',
  'not-fixed': 'keeps leading zero bytes of a TLS_DHE secret',
  'needs-update': 'strips leading zero bytes of a TLS_DHE secret with KB4537806 only',
  null: 'checks that both have the same keys',
} as const;

function preloginWords(encrypt: string | null, clearText: boolean): string {
  if (clearText) return 'ENCRYPT_NOT_SUP: it has no TLS with these settings';
  switch (encrypt) {
    case 'Strict':
      return 'Encrypt=Strict: TLS first, PRELOGIN inside (TDS 8.0)';
    case 'Mandatory':
      return 'Encrypt=Mandatory: ENCRYPT_ON';
    case 'Optional':
      return 'Encrypt=Optional: ENCRYPT_OFF, the login is encrypted all the same';
    default:
      return 'Encrypt is not known';
  }
}

function encryptionWords({ forceStrict, forceEncryption, encryption, strict }: ServerProfile): string {
  if (forceStrict?.value) return 'takes nothing but TDS 8.0';
  if (forceEncryption?.value) return 'forces encryption';
  if (encryption) return `answers ENCRYPT_${encryption.value}`;
  const tds8 = strict ? `; TDS 8.0: ${strict.value ? 'yes' : 'no'}` : '';
  return `encrypts what the client asks for${tds8}`;
}

function versionsWords({ protocols }: ServerProfile): string {
  const those = (wanted: 'accepted' | 'rejected') =>
    PROTOCOLS.filter((version) => protocols[version]?.value === wanted);
  const [on, off] = [those('accepted'), those('rejected')];
  if (on.length + off.length === 0) return NOT_KNOWN;
  return [on.length > 0 ? listed(on, '') : '', off.length > 0 ? `not ${listed(off, '')}` : '']
    .filter((part) => part !== '')
    .join('; ');
}

function certificateWords({ certificate, fallbackHash, refusesUnlistedHash }: ServerProfile): string {
  const strict = refusesUnlistedHash?.value ? '; hangs up when the client does not list its hash' : '';
  if (certificate) {
    const { keyType, keyBits, signatureHash, sqlServerFallback, selfSigned } = certificate.value;
    const kind = sqlServerFallback ? 'its own' : selfSigned ? 'self-signed' : 'provisioned';
    return `${kind}, ${keyType}${keyBits === null ? '' : ` ${keyBits}`}, ${signatureHash ?? 'hash not known'}${strict}`;
  }
  return `${NOT_KNOWN}${fallbackHash ? `; its own, where nobody gave it one, is signed with ${fallbackHash.value}` : ''}${strict}`;
}

/** `8 ECDHE_RSA, 4 RSA`: by key exchange and kind of key, in the order they come. */
function families(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) {
    const suite = suiteByName(name);
    if (!suite) continue;
    const family =
      suite.keyExchange === suite.authentication
        ? suite.keyExchange
        : `${suite.keyExchange}_${suite.authentication}`;
    counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  return [...counts].map(([family, count]) => `${count} ${family}`).join(', ') || 'none';
}

/** `SHA-1, SHA-256`: hashes of the signature schemes. */
function hashes(schemes: readonly string[]): string {
  if (schemes.length === 0) return 'no hashes (before TLS 1.2)';
  const found = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].filter((hash) =>
    schemes.some((scheme) => scheme.endsWith(`_${hash}`)),
  );
  return found.map((hash) => (hash === 'md5' ? 'MD5' : hash.replace('sha', 'SHA-'))).join(', ');
}

const listed = (names: readonly (string | Protocol)[], none: string) => names.join(', ') || none;
