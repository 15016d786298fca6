/** Why a login or a query brought nothing, in our own words: a server's message may hold the user's name. */
import { type ServerLogin, unsentLogin } from '../../model/server-evidence.ts';
import type { Query } from './login-queries.ts';

/** What tedious threw, and the number of the last error that the server sent. */
export interface Failed {
  readonly error: Error;
  readonly number: number | null;
}

/** A query was answered with more rows than it asked for. */
export class RowLimit extends Error {}

/** Numbers of sys.messages that end a login; Azure SQL Database's among them. */
const LOGIN_ERRORS: Readonly<Record<number, string>> = {
  4060: 'the database master cannot be opened',
  10928: 'the server is at a limit of its own',
  10929: 'the server is at a limit of its own',
  17187: 'the server is not ready yet',
  17809: 'the server takes no more connections',
  17892: 'a logon trigger refuses it',
  18401: 'the server is only open to administrators while it starts',
  18451: 'the server is shutting down',
  18452: 'the server takes Windows logins only, or none from this domain',
  18456: 'the user or the password is wrong, or this user may not log in',
  18461: 'the server runs in single-user mode',
  18470: 'the login is disabled',
  18486: 'the login is locked out',
  18487: 'the password has expired',
  18488: 'the password must be changed first',
  40197: 'the service is busy or moving',
  40501: 'the service is busy',
  40532: 'the server name in the login is not right',
  40613: 'the database is not available at the moment',
  40615: "the server's firewall does not let this address in",
};

/** Codes with which Node refuses a certificate (X509_V_ERR_*, and names that do not fit). */
const CERTIFICATE_CODES =
  /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|(CERT|CRL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|PATH_LENGTH)_\w+)$/;

interface Circumstances {
  /** It was to connect elsewhere. */
  readonly redirected: boolean;
  readonly deadlineMs: number;
  readonly strict: boolean;
}

export function failureOf({ error, number }: Failed, how: Circumstances): ServerLogin {
  if (how.redirected)
    return rejected('the server sends logins on to another server (routing), and that is not followed');
  if (number !== null)
    return rejected(
      `the server refused the login with error ${number}: ${LOGIN_ERRORS[number] ?? 'sys.messages says what it means'}`,
    );
  const [code, cause] = [codeOf(error), codeOf(error.cause)];
  if (code === 'EENCRYPT')
    return unsentLogin('the server offers no encryption, so the password was not sent');
  if (cause !== null && CERTIFICATE_CODES.test(cause)) return unsentLogin(untrusted(cause, how));
  if (cause?.startsWith('ERR_SSL_') || cause === 'EPROTO')
    return unsentLogin(`no TLS handshake (${cause}), so the password was not sent`);
  if (code === 'ETIMEOUT' || cause === 'ETIMEDOUT')
    return noAnswer(`the login was not answered within ${how.deadlineMs} ms`);
  const word = cause ?? code;
  return noAnswer(`the connection ended before the login was answered${word === null ? '' : ` (${word})`}`);
}

function untrusted(code: string, { strict }: Circumstances): string {
  const advice = strict
    ? 'Encrypt=Strict takes no other'
    : 'with trust-server-certificate the login is made all the same';
  return `the server's certificate cannot be verified (${code}), so the password was not sent; ${advice}`;
}

const rejected = (reason: string): ServerLogin => ({ state: 'rejected', reason, evidence: null });
const noAnswer = (reason: string): ServerLogin => ({ state: 'no-answer', reason, evidence: null });

/** An error's `code` when it is a word in capitals, as Node's and tedious's are. */
function codeOf(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : null;
}

/** Numbers of sys.messages: SELECT denied, permission denied, VIEW SERVER STATE denied. */
const DENIED = [229, 262, 297, 300, 371];
const NO_SUCH_OBJECT = [208, 207];

/** Why a query brought nothing. */
export function noteOf({ reads, permission }: Query<unknown>, error: unknown): string {
  if (error instanceof RowLimit) return `${reads}: more rows than were asked for`;
  const number =
    error instanceof Error && 'number' in error && typeof error.number === 'number' ? error.number : null;
  if (number !== null && DENIED.includes(number)) {
    const needs =
      permission === null ? '' : `; it needs VIEW SERVER STATE, from SQL Server 2022 on ${permission}`;
    return `${reads}: permission denied (error ${number})${needs}`;
  }
  if (number !== null && NO_SUCH_OBJECT.includes(number))
    return `${reads}: this version of SQL Server does not have it (error ${number})`;
  const word = number ?? codeOf(error);
  return word === 'ETIMEOUT'
    ? `${reads}: no answer in time`
    : `${reads}: not read${word === null ? '' : ` (error ${word})`}`;
}
