/** LOGIN7, [MS-TDS] 2.2.6.4, with integrated security: no user, no password, only a security token. Integers are little-endian. */

const HEADER_LENGTH = 94;
/** TDS 7.4. */
const TDS_VERSION = 0x74000004;
const PACKET_SIZE = 4096;
/** fUseDB, fSetLang, as drivers set them. */
const OPTION_FLAGS_1 = 0xe0;
/** fIntSecurity, fODBC, and fLanguage: a login fails rather than take another language. */
const OPTION_FLAGS_2 = 0x83;
const APPLICATION = 'mssql-tls-preflight';
/** Where each text's offset and length stand; the ones left out are empty. */
const AT = { APP_NAME: 48, SSPI: 78 } as const;
const FIELDS = [36, 40, 44, 48, 52, 56, 60, 64, 68, 78, 82, 86] as const;

/** @param token At most 65,535 bytes. */
export function encodeIntegratedLogin(token: Uint8Array): Buffer {
  const name = Buffer.from(APPLICATION, 'utf16le');
  const message = Buffer.concat([Buffer.alloc(HEADER_LENGTH), name, token]);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt32LE(TDS_VERSION, 4);
  message.writeUInt32LE(PACKET_SIZE, 8);
  message.writeUInt8(OPTION_FLAGS_1, 24);
  message.writeUInt8(OPTION_FLAGS_2, 25);
  // Even an empty field points into the message.
  for (const at of FIELDS) message.writeUInt16LE(HEADER_LENGTH, at);
  message.writeUInt16LE(APPLICATION.length, AT.APP_NAME + 2);
  message.writeUInt16LE(HEADER_LENGTH + name.length, AT.SSPI);
  message.writeUInt16LE(token.length, AT.SSPI + 2);
  return message;
}
