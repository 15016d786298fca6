/** What a server answers to the ENCRYPTION option of PRELOGIN, and what then happens: [MS-TDS] 2.2.6.5. */
import type { EncryptionOption } from '../model/observation.ts';

export interface Agreement {
  readonly answer: EncryptionOption;
  /** `login-only`: TLS for the LOGIN7 message, then clear text. `never`: they cannot agree, the server closes. */
  readonly tls: 'always' | 'login-only' | 'none' | 'never';
}

/** `OFF` able, `ON` forced, `NOT_SUP` unable. */
export type ServerEncryption = Exclude<EncryptionOption, 'REQ'>;

const ON: Agreement = { answer: 'ON', tls: 'always' };
const CLEAR: Agreement = { answer: 'NOT_SUP', tls: 'none' };
const UNABLE: Agreement = { answer: 'NOT_SUP', tls: 'never' };

const AGREEMENTS: Readonly<Record<ServerEncryption, Readonly<Record<EncryptionOption, Agreement>>>> = {
  OFF: { OFF: { answer: 'OFF', tls: 'login-only' }, ON, NOT_SUP: CLEAR, REQ: ON },
  ON: { OFF: { answer: 'REQ', tls: 'always' }, ON, NOT_SUP: { answer: 'REQ', tls: 'never' }, REQ: ON },
  NOT_SUP: { OFF: CLEAR, ON: UNABLE, NOT_SUP: CLEAR, REQ: UNABLE },
};

export function agree(server: ServerEncryption, client: EncryptionOption): Agreement {
  return AGREEMENTS[server][client];
}
