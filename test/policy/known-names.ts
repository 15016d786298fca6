import { loadPolicy } from '../../src/policy/load-policy.ts';

export const KNOWN = {
  rules: ['dhe-enabled', 'driver-end-of-support', 'encryption-optional', 'weak-certificate-hash'],
  labProfiles: ['sql-server-2014-rtm', 'sql-server-2019'],
  suites: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
};

export const load = (text: string) => loadPolicy('policy.yml', text, KNOWN);

/** Problems as `line:column message`; a valid policy has none. */
export function problemsOf(text: string): readonly string[] {
  const result = load(text);
  return 'problems' in result
    ? result.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
    : [];
}
