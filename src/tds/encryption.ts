/** What the two ENCRYPTION options of PRELOGIN come to: [MS-TDS] 2.2.6.5. */
import type { EncryptionOption } from '../model/observation.ts';

/** `login`: TLS for the LOGIN7 message alone, then clear text. `none`: the login too goes in clear text. */
export type EncryptedPart = 'everything' | 'login' | 'none' | 'closed';

/** What happens after `client` was sent and `server` came back. */
export function encryptedPart(client: EncryptionOption, server: EncryptionOption): EncryptedPart {
  const insists = client === 'ON' || client === 'REQ';
  if (server === 'NOT_SUP') return insists ? 'closed' : 'none';
  if (client === 'NOT_SUP') return 'closed';
  return server === 'OFF' && !insists ? 'login' : 'everything';
}
