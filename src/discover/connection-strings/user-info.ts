/** `user:password@` of a URL, RFC 3986 §3.2.1, also where the password holds characters that should have been encoded. */
import type { Range } from './token.ts';

export interface UserInfo {
  /** First unit of the host. */
  readonly hostStart: number;
  readonly password: Range | null;
}

/**
 * Reads what follows `://` from `start` to `end`. SQLAlchemy takes `/`, `?` and `#` in a password, so an `@` after them
 * still ends it — unless the text before them is a port. `isSql`: the URL is SQL Server's, whose path holds no `@`, so
 * that one before any parameter ends the password in every case.
 */
export function userInfo(text: string, start: number, end: number, isSql: boolean): UserInfo {
  const rest = text.slice(start, end);
  const authority = rest.slice(0, rest.search(/[/?#;]|$/));
  const colon = rest.indexOf(':');
  const closing = (isSql ? rest.slice(0, rest.search(/=|$/)) : authority).lastIndexOf('@');
  if (authority.includes('@')) return info(start, colon, Math.max(closing, authority.lastIndexOf('@')));
  if (colon < 0 || colon >= authority.length || rest.startsWith('['))
    return { hostStart: start, password: null };
  const isPort = /^(?:\d{1,5}$|\$[{(]|\{\{|<)/.test(authority.slice(colon + 1));
  const later = isPort ? closing : rest.lastIndexOf('@');
  return later < 0 ? { hostStart: start, password: null } : info(start, colon, later);
}

function info(start: number, colon: number, closing: number): UserInfo {
  const password = colon >= 0 && colon < closing ? { start: start + colon + 1, end: start + closing } : null;
  return { hostStart: start + closing + 1, password };
}
