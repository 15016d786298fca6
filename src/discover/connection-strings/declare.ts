/** From the text of a literal to the declaration of a connection: the one function every reader calls. */
import type { Endpoint, Setting } from '../../model/connection.ts';
import type { ConnectionDeclaration } from '../../model/declaration.ts';
import type { Span } from '../../model/span.ts';
import { type DecodedText, fromDoubledQuotes } from '../text/decoded.ts';
import type { SourceText } from '../text/source-text.ts';
import { lexAdo } from './ado.ts';
import { isPlaceholder, keywordEndpoint, urlEndpoint, withParts } from './endpoint.ts';
import { encryptMode, trusts } from './keywords.ts';
import { isLiteralPassword } from './literal-password.ts';
import { maskRanges, maskSecrets } from './mask.ts';
import { lexOdbc } from './odbc.ts';
import { type Reading, readingOf, recognise, textOf, tokenOf } from './recognise.ts';
import type { Token } from './token.ts';

export interface Hints {
  /** .NET's providerName. */
  readonly provider?: string;
  /** Folder it speaks for, when that is not the file's own. */
  readonly scope?: string;
}

/** No connection string is longer; this bounds the work. */
const MAX_LENGTH = 10_000;

/** `null` when the text is no connection string of a SQL Server. */
export function declareConnection(
  source: SourceText,
  decoded: DecodedText,
  hints: Hints = {},
): ConnectionDeclaration | null {
  const { text } = decoded;
  if (text.length > MAX_LENGTH || !/[=:]/.test(text)) return null;
  const reading = readingOf(text);
  if (reading === null) return null;
  const inner = tokenOf(reading, 'inner');
  if (inner) return declareInner(source, decoded, hints, reading, inner);
  const provider = hints.provider?.trim() || null;
  const recognition = recognise(reading, provider);
  if (recognition === 'other') return null;

  const span: SpanOf = (start, end) => source.span(decoded.sourceOffset(start), decoded.sourceOffset(end));
  const server = serverOf(reading);
  return {
    kind: 'connection',
    span: span(0, text.length),
    text: masked(text, reading),
    scope: hints.scope ?? source.folder,
    grammar: reading.grammar,
    names: namesOf(reading, provider, span, text),
    ambiguous: recognition === 'ambiguous',
    endpoint: endpointOf(reading, server),
    endpointSpan: server && span(server.start, server.end),
    encrypt: setting(
      tokenOf(reading, 'encrypt'),
      ({ keyword }, value) => encryptMode(reading.dialect, keyword, value),
      span,
    ),
    trustServerCertificate: trustOf(reading, span),
    hostNameInCertificate: setting(tokenOf(reading, 'hostNameInCertificate'), (_, value) => value, span),
    passwordSpan: passwordOf(text, reading, span),
    pooling: setting(tokenOf(reading, 'pooling'), (_, value) => flag(value), span),
    connectTimeout: setting(tokenOf(reading, 'connectTimeout'), (_, value) => seconds(value), span),
  };
}

/** A literal password. Where it stands is all that leaves this function. */
function passwordOf(text: string, { grammar, lexed }: Reading, span: SpanOf): Span | null {
  const token = lexed.tokens.find(({ secret, valueStart, valueEnd }) => secret && valueEnd > valueStart);
  const range = token
    ? { start: token.valueStart, end: token.valueEnd }
    : grammar === 'url'
      ? lexed.secrets.find(({ start, end }) => end > start)
      : undefined;
  if (!range) return null;
  return isLiteralPassword(text.slice(range.start, range.end)) ? span(range.start, range.end) : null;
}

const seconds = (value: string) => (/^\d{1,6}$/.test(value.trim()) ? Number(value) : null);

function flag(value: string): boolean | null {
  if (/^(true|yes)$/i.test(value.trim())) return true;
  return /^(false|no)$/i.test(value.trim()) ? false : null;
}

type SpanOf = (start: number, end: number) => Span;

/** Entity Framework: `metadata=…;provider=…;provider connection string="…"`. */
function declareInner(
  source: SourceText,
  decoded: DecodedText,
  hints: Hints,
  outer: Reading,
  { valueStart, valueEnd }: Token,
): ConnectionDeclaration | null {
  const quote = decoded.text[valueStart - 1] ?? '';
  const inner = decoded.through(fromDoubledQuotes(decoded.text, valueStart, valueEnd, quote));
  const provider = textOf(outer, 'provider') ?? hints.provider;
  return declareConnection(source, inner, { ...hints, ...(provider === undefined ? {} : { provider }) });
}

interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly endpoint: Endpoint | null;
}

function serverOf(reading: Reading): Place | null {
  const { server } = reading.lexed;
  if (server) return { ...server, endpoint: urlEndpoint(server.text) };
  const token = tokenOf(reading, 'server');
  if (!token?.value) return null;
  const { value, valueStart, valueEnd } = token;
  const endpoint = reading.dialect === 'dblib' ? urlEndpoint(value) : keywordEndpoint(value);
  return { text: value, start: valueStart, end: valueEnd, endpoint };
}

/** What the server's own text leaves open, other keywords may say. */
function endpointOf(reading: Reading, server: Place | null): Endpoint | null {
  if (!server?.endpoint) return null;
  const { endpoint } = server;
  const instance = textOf(reading, 'instance') ?? (endpoint.port === null ? reading.lexed.instance : null);
  return withParts(endpoint, { port: textOf(reading, 'port'), instance });
}

/** The driver that the string itself names, else the provider beside it. */
function namesOf(
  reading: Reading,
  provider: string | null,
  span: SpanOf,
  text: string,
): ConnectionDeclaration['names'] {
  for (const [canonical, ecosystem] of [
    ['driver', 'odbc'],
    ['provider', 'oledb'],
  ] as const) {
    const token = tokenOf(reading, canonical);
    if (token?.value && !isPlaceholder(token.value))
      return { ecosystem, name: maskSecrets(token.value), span: span(token.valueStart, token.valueEnd) };
  }
  if (reading.prefix) {
    const { ecosystem, name, start, end } = reading.prefix;
    return { ecosystem, name, span: span(start, end) };
  }
  return provider === null ? null : { ecosystem: 'provider', name: provider, span: span(0, text.length) };
}

/** Where a `;` was forgotten, the next keyword is part of the value: what is kept is masked like any free text. */
function setting<T>(
  token: Token | null,
  meaning: (token: Token, value: string) => T | null,
  span: SpanOf,
): Setting<T> | null {
  if (token === null || token.value === null) return null;
  const written = maskSecrets(token.value);
  return {
    keyword: maskSecrets(token.keyword),
    written,
    value: meaning(token, written),
    span: span(token.valueStart, token.valueEnd),
  };
}

function trustOf(reading: Reading, span: SpanOf): Setting<boolean> | null {
  const token = tokenOf(reading, 'trustServerCertificate');
  const trust = setting(token, (_, value) => trusts(reading.dialect, value), span);
  // `ssl=off` of jTDS says nothing of certificates.
  return reading.dialect === 'jtds' && trust?.value === null ? null : trust;
}

/**
 * Three nets, since people put quotes of one grammar into another: secrets of the string's own grammar, those of the
 * other quotes, and what looks like one in what is left.
 */
function masked(text: string, { grammar, lexed }: Reading): string {
  const others = grammar === 'url' ? [] : [lexAdo(text), lexOdbc(text)];
  return maskSecrets(
    maskRanges(
      text,
      [lexed, ...others].flatMap(({ secrets }) => secrets),
    ),
  );
}
