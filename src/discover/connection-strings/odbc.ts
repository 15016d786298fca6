/** ODBC (SQLDriverConnect, "Comments"): `keyword=value;`, values in `{…}` with `}}` for `}`. JDBC's properties are the same. */
import { lexPairs, type PairSyntax } from './pairs.ts';
import type { Lexed } from './token.ts';

const SYNTAX: PairSyntax = { quotes: { '{': '}' }, doubledEquals: false };

export const lexOdbc = (text: string, start = 0): Lexed => lexPairs(text, SYNTAX, start);
