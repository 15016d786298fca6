/** ADO.NET (SqlConnection.ConnectionString) and OLE DB: `key = value;`, values in `'…'` or `"…"`, `==` in keywords. */
import { lexPairs, type PairSyntax } from './pairs.ts';
import type { Lexed } from './token.ts';

const SYNTAX: PairSyntax = { quotes: { '"': '"', "'": "'" }, doubledEquals: true };

export const lexAdo = (text: string): Lexed => lexPairs(text, SYNTAX);
