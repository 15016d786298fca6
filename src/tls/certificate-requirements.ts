/**
 * What SQL Server asks of a certificate that an administrator gives it, and what some clients ask of every certificate. KeySpec,
 * the store and its permissions are never seen on the wire.
 */
import type { CertificateFacts } from '../model/certificate.ts';
import type { CertificateRequirement, RequirementState } from '../model/certificate-checks.ts';
import { certificateNames, presentedNames } from './certificate-names.ts';

interface Asked {
  readonly certificate: CertificateFacts;
  /** `null`: none to compare. */
  readonly host: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
}

type Judged = readonly [RequirementState, reason: string];

interface Requirement extends Pick<CertificateRequirement, 'id' | 'of' | 'source'> {
  readonly judge: (asked: Asked) => Judged;
}

const MICROSOFT =
  'https://learn.microsoft.com/sql/database-engine/configure-windows/certificate-requirements';
/** OpenSSL's security level 2 asks for 112 bits, which RSA has from here on. */
const MIN_RSA_BITS = 2048;

const REQUIREMENTS: readonly Requirement[] = [
  { id: 'validity', of: 'SQL Server', source: MICROSOFT, judge: validity },
  { id: 'server-authentication', of: 'SQL Server', source: MICROSOFT, judge: serverAuthentication },
  { id: 'key-usage', of: 'SQL Server', source: MICROSOFT, judge: keyUsage },
  { id: 'key-spec', of: 'SQL Server', source: MICROSOFT, judge: keySpec },
  { id: 'host-name', of: 'SQL Server', source: MICROSOFT, judge: hostName },
  {
    id: 'serial-number',
    of: 'clients',
    source: 'https://go.dev/doc/go1.23; microsoft/go-mssqldb#217; microsoft/go-sqlcmd#755',
    judge: ({ certificate: { serialNegative } }) =>
      serialNegative
        ? [
            'not-met',
            'its serial number is negative: clients built with Go 1.23 or later refuse it, trusted or not',
          ]
        : ['met', 'its serial number is positive'],
  },
  {
    id: 'x509-version',
    of: 'clients',
    source: 'tiberius-rs/tiberius#327; transact-rs/sqlx#3091',
    judge: ({ certificate: { version } }) =>
      version === 3
        ? ['met', 'it is of X.509 version 3']
        : [
            'not-met',
            `it is of X.509 version ${version}: clients on rustls take version 3 only, trusted or not`,
          ],
  },
  {
    id: 'key-size',
    of: 'clients',
    source: 'https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/',
    judge: keySize,
  },
  {
    id: 'subject-alt-name',
    of: 'clients',
    source: 'https://go.dev/doc/go1.15#commonname; tiberius-rs/tiberius#82',
    judge: ({ certificate: { dnsNames, ipAddresses } }) =>
      dnsNames.length + ipAddresses.length > 0
        ? ['met', 'it has a subject alternative name']
        : [
            'not-met',
            'it has no subject alternative name: Go and rustls, when they verify, look at nothing else',
          ],
  },
  {
    id: 'end-entity',
    of: 'clients',
    source: 'rustls/webpki#205',
    judge: ({ certificate: { ca } }) =>
      ca === true
        ? ['not-met', 'it is marked as a CA: rustls, when it verifies, takes no CA for a server']
        : ['met', 'it is not marked as a CA'],
  },
];

const ASKED_OF_ALL: readonly string[] = ['validity', 'serial-number', 'x509-version'];

/**
 * In a fixed order. Of the certificate that SQL Server made for itself it asks nothing more, and clients can only take it unseen:
 * what they ask when they verify is left out.
 */
export function certificateRequirements(asked: Asked): readonly CertificateRequirement[] {
  const { sqlServerFallback } = asked.certificate;
  return REQUIREMENTS.filter(({ id }) => !sqlServerFallback || ASKED_OF_ALL.includes(id)).map(
    ({ id, of, source, judge }) => {
      const [state, reason] = judge(asked);
      return { id, of, state, reason, source };
    },
  );
}

function validity({ certificate: { notBefore, notAfter }, at }: Asked): Judged {
  if (notAfter < at) return ['not-met', `it expired on ${day(notAfter)}`];
  if (notBefore > at) return ['not-met', `it is valid from ${day(notBefore)} only`];
  return ['met', `it is valid until ${day(notAfter)}`];
}

function serverAuthentication({ certificate: { extendedKeyUsage } }: Asked): Judged {
  if (extendedKeyUsage === null) {
    return [
      'unknown',
      'it names no purpose: RFC 5280 then allows all, Microsoft asks for Server Authentication by name',
    ];
  }
  if (extendedKeyUsage.includes('serverAuth')) return ['met', 'it is meant for Server Authentication'];
  return [
    'not-met',
    `it is meant for ${extendedKeyUsage.join(', ')}, not for Server Authentication (1.3.6.1.5.5.7.3.1)`,
  ];
}

function keyUsage({ certificate: { keyUsage: usage, keyType } }: Asked): Judged {
  if (usage === null) return ['met', 'its key usage is not limited'];
  // Only an RSA key enciphers; suites with ephemeral keys sign.
  const wanted = keyType === 'RSA' ? ['keyEncipherment', 'digitalSignature'] : ['digitalSignature'];
  const missing = wanted.filter((one) => !usage.includes(one));
  if (missing.length === 0) return ['met', `its key usage has ${wanted.join(' and ')}`];
  return ['not-met', `its key usage lacks ${missing.join(' and ')}`];
}

function keySpec({ certificate: { keyType } }: Asked): Judged {
  return keyType === 'RSA'
    ? [
        'unknown',
        'KeySpec must be AT_KEYEXCHANGE; that is a property of the private key, which nobody sees from outside',
      ]
    : [
        'unknown',
        `KeySpec must be AT_KEYEXCHANGE on Windows, which keys of kind ${keyType} are not known to have`,
      ];
}

function hostName({ certificate, host }: Asked): Judged {
  if (host === null) return ['unknown', 'no host was named to compare'];
  if (certificateNames(certificate, host)) return ['met', `it names ${host}`];
  const names = [...presentedNames(certificate), ...certificate.ipAddresses];
  return ['not-met', `it does not name ${host}, but ${names.join(', ') || 'nothing'}`];
}

function keySize({ certificate: { keyType, keyBits } }: Asked): Judged {
  if (keyBits === null) return ['unknown', 'the size of its key is not known'];
  if (keyType !== 'RSA' || keyBits >= MIN_RSA_BITS) return ['met', `its key has ${keyBits} bits`];
  return [
    'not-met',
    `its RSA key has ${keyBits} bits: OpenSSL at security level 2 (Debian, Ubuntu), when it verifies, asks for ${MIN_RSA_BITS}`,
  ];
}

const day = (time: string) => time.slice(0, 'YYYY-MM-DD'.length);
