/** A login on a probe's page. */
import type { ServerLogin } from '../model/server-evidence.ts';
import { wrapped } from './display-width.ts';
import { loginWords } from './login-words.ts';
import { MARGIN, type Row, row } from './probe-row.ts';
import type { Paint } from './style.ts';

export function loginRows(login: ServerLogin, width: number, paint: Paint): readonly Row[] {
  const lines = loginWords(login).flatMap((text) => wrapped(text, width - MARGIN));
  return lines.map((text, at) =>
    row(at === 0 ? 'login' : '', login.evidence === null ? paint.level('warning', text) : text),
  );
}
