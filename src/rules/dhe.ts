import type { Change } from '../model/change.ts';
import { suiteByName } from '../tls/cipher-suites.ts';

/** Finite-field Diffie-Hellman, the suites whose names begin with `TLS_DHE_`. */
export const isDhe = (name: string): boolean => suiteByName(name)?.keyExchange === 'DHE';

/** Windows Server 2016 and later; before it there is the cipher suite order policy alone. */
export const WITHOUT_DHE: Change = {
  kind: 'command',
  on: 'server',
  shell: 'powershell',
  text: 'Get-TlsCipherSuite -Name TLS_DHE | ForEach-Object { Disable-TlsCipherSuite -Name $_.Name }',
  source: 'https://learn.microsoft.com/windows-server/security/tls/manage-tls',
};
