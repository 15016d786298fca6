/** What is enumerated: a usual SQL Server, and all that OpenSSL has for an RSA certificate. */
import { CONFIGURATIONS, type Configuration } from '../test/observe/configurations.ts';

const usual: Configuration = {
  name: 'twelve suites',
  versions: ['TLS 1.2'],
  suites: [
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
    'TLS_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_RSA_WITH_AES_256_CBC_SHA256',
    'TLS_RSA_WITH_AES_128_CBC_SHA256',
    'TLS_RSA_WITH_AES_256_CBC_SHA',
    'TLS_RSA_WITH_AES_128_CBC_SHA',
  ],
  groups: ['x25519', 'secp256r1', 'secp384r1'],
  order: 'server',
  certificate: { key: 'RSA 2048', hash: 'sha256' },
  dh: 'modp14',
};
const everything = CONFIGURATIONS.find(({ name }) => name.startsWith('everything')) ?? usual;

const BENCHED: readonly Configuration[] = [
  usual,
  { ...usual, name: 'twelve suites, three versions', versions: ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'] },
  { ...everything, name: 'all of OpenSSL, TLS 1.2', versions: ['TLS 1.2'] },
  { ...everything, name: 'all of OpenSSL, three versions' },
];

export const BENCH_NAMES = BENCHED.map(({ name }) => name);

export function benchConfiguration(name: string): Configuration {
  const found = BENCHED.find((one) => one.name === name);
  if (!found) throw new Error(`there is no configuration "${name}"; there are ${BENCH_NAMES.join('; ')}`);
  return found;
}
