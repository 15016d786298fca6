/** From the text of a literal to the declaration of a connection: the one function every reader calls. */
import type { Endpoint, Setting } from '../../model/connection.ts';
import type { ConnectionDeclaration } from '../../model/declaration.ts';
import type { Span } from '../../model/span.ts';
import type { DecodedText } from '../text/decoded.ts';
import type { SourceText } from '../text/source-text.ts';
import { keywordEndpoint, urlEndpoint } from './endpoint.ts';
import { jdbcDriver, lexJdbc } from './jdbc.ts';
import { type Canonical, canonicalKeyword, encryptMode, yesOrNo } from './keywords.ts';
import { MASK } from './mask.ts';
import { ADO_QUOTES, BRACES, lexPairs } from './pairs.ts';
import type { Lexed, Token } from './token.ts';
import { lexUrl, urlScheme } from './url.ts';

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
  const read = readGrammar(text, hints.provider ?? null);
  if (read === null) return null;
  const inner = read.byKeyword('inner');
  if (inner?.value)
    return declareConnection(source, decoded.slice(inner.valueStart, inner.valueEnd), {
      ...hints,
      provider: 'System.Data.SqlClient',
    });
  const span = (start: number, end: number) =>
    source.span(decoded.sourceOffset(start), decoded.sourceOffset(end));
  const server = read.server();
  return {
    kind: 'connection',
    span: span(0, text.length),
    text: masked(text, read.lexed),
    scope: hints.scope ?? source.folder,
    grammar: read.grammar,
    names: read.names(span),
    ambiguous: !read.certain,
    endpoint: server && read.endpoint(server.text),
    endpointSpan: server && span(server.start, server.end),
    encrypt: setting(read.byKeyword('encrypt'), encryptMode, span),
    trustServerCertificate: read.trust(span),
    hostNameInCertificate: setting(read.byKeyword('hostNameInCertificate'), (value) => value, span),
  };
}

type SpanOf = (start: number, end: number) => Span;

class Reading {
  readonly grammar: ConnectionDeclaration['grammar'];
  readonly lexed: Lexed;
  readonly #text: string;
  readonly #provider: string | null;
  readonly #tokens: ReadonlyMap<Canonical, Token>;

  constructor(
    grammar: ConnectionDeclaration['grammar'],
    lexed: Lexed,
    text: string,
    provider: string | null,
  ) {
    this.grammar = grammar;
    this.lexed = lexed;
    this.#text = text;
    this.#provider = provider;
    // The last of several wins, as in the drivers.
    this.#tokens = new Map(
      lexed.tokens.flatMap((token) => {
        const canonical = canonicalKeyword(token.keyword);
        return canonical === undefined ? [] : [[canonical, token] as const];
      }),
    );
  }

  byKeyword(canonical: Canonical): Token | null {
    return this.#tokens.get(canonical) ?? null;
  }

  server(): Lexed['server'] {
    if (this.lexed.server) return this.lexed.server;
    const token = this.byKeyword('server');
    return token?.value ? { text: token.value, start: token.valueStart, end: token.valueEnd } : null;
  }

  endpoint(text: string): Endpoint | null {
    const found =
      this.grammar === 'jdbc' || this.grammar === 'url' ? urlEndpoint(text) : keywordEndpoint(text);
    if (found === null) return null;
    const port = Number(this.byKeyword('port')?.value ?? '');
    const instance = this.byKeyword('instance')?.value ?? null;
    return {
      host: found.host,
      port: found.port ?? (Number.isInteger(port) && port > 0 && port < 65_536 ? port : null),
      instance: found.instance ?? instance,
    };
  }

  /** The driver that the string itself names. */
  names(span: SpanOf): ConnectionDeclaration['names'] {
    const driver = this.byKeyword('driver');
    if (driver?.value)
      return { ecosystem: 'odbc', name: driver.value, span: span(driver.valueStart, driver.valueEnd) };
    const provider = this.byKeyword('provider');
    if (provider?.value)
      return { ecosystem: 'oledb', name: provider.value, span: span(provider.valueStart, provider.valueEnd) };
    const prefix = (ecosystem: 'jdbc' | 'url', name: string | null) =>
      name === null ? null : { ecosystem, name, span: span(0, name.length) };
    if (this.grammar === 'jdbc') return prefix('jdbc', jdbcDriver(this.#text));
    if (this.grammar === 'url') return prefix('url', urlScheme(this.#text));
    return this.#provider === null
      ? null
      : { ecosystem: 'provider', name: this.#provider, span: span(0, this.#text.length) };
  }

  /** jTDS has no such keyword: `ssl=request` and `require` take any certificate. */
  trust(span: SpanOf): Setting<boolean> | null {
    const encrypt = this.byKeyword('encrypt');
    if (encrypt?.value && /^(request|require)$/i.test(encrypt.value.trim()))
      return setting(encrypt, () => true, span);
    return setting(this.byKeyword('trustServerCertificate'), yesOrNo, span);
  }

  /** Nothing but a SQL Server's client would write this. */
  get certain(): boolean {
    if (this.grammar === 'jdbc' || this.grammar === 'url') return true;
    const driver = this.byKeyword('driver')?.value ?? this.byKeyword('provider')?.value;
    if (driver) return SQL_SERVER_DRIVER.test(driver);
    if (this.#provider !== null) return SQL_CLIENT.test(this.#provider);
    const server = this.byKeyword('server')?.value ?? '';
    return (
      this.byKeyword('trustServerCertificate') !== null ||
      this.byKeyword('sqlClientOnly') !== null ||
      /^\s*(tcp|np|lpc):|,\d+\s*$|^[\w.-]+\\[\w$-]+|^\(localdb\)/i.test(server) ||
      this.lexed.tokens.some(({ keyword }) => /^initial\s+catalog$/i.test(keyword))
    );
  }
}

const SQL_SERVER_DRIVER =
  /sql\s*server|^sqlncli|^sqloledb|^msoledbsql|native client|^freetds$|^tds$|^libtdsodbc/i;
const SQL_CLIENT = /^(system\.data|microsoft\.data)\.sqlclient$/i;

function readGrammar(text: string, provider: string | null): Reading | null {
  if (jdbcDriver(text) !== null) return new Reading('jdbc', lexJdbc(text), text, null);
  if (urlScheme(text) !== null) return new Reading('url', lexUrl(text), text, null);
  if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^\s*jdbc:/i.test(text)) return null;
  const ado = new Reading('ado', lexPairs(text, ADO_QUOTES), text, provider);
  const reading =
    ado.byKeyword('driver') || ado.byKeyword('dsn')
      ? new Reading('odbc', lexPairs(text, BRACES), text, null)
      : ado.byKeyword('provider')
        ? new Reading('oledb', ado.lexed, text, null)
        : ado;
  return reading.byKeyword('inner') || isConnectionString(reading, provider) ? reading : null;
}

/** Enough of the right keywords, and no sign of another database. */
function isConnectionString(reading: Reading, provider: string | null): boolean {
  if (provider !== null && !SQL_CLIENT.test(provider) && !/odbc|oledb/i.test(provider)) return false;
  const named = reading.byKeyword('driver')?.value ?? reading.byKeyword('provider')?.value;
  if (named) return SQL_SERVER_DRIVER.test(named);
  const server = reading.byKeyword('server');
  if (!server?.value || reading.lexed.tokens.length < 2) return false;
  if (reading.certain) return true;
  // SQLite names a file, Npgsql a Host, Oracle a descriptor.
  if (/\.(db3?|sqlite3?|mdb|accdb|xlsx?)$|^\s*\(description|^:memory:/i.test(server.value)) return false;
  return reading.byKeyword('database') !== null || reading.byKeyword('user') !== null;
}

function setting<T>(
  token: Token | null,
  meaning: (value: string) => T | null,
  span: SpanOf,
): Setting<T> | null {
  if (token === null || token.value === null) return null;
  return {
    keyword: token.keyword,
    written: token.value,
    value: meaning(token.value),
    span: span(token.valueStart, token.valueEnd),
  };
}

function masked(text: string, { tokens, secrets }: Lexed): string {
  const ranges = [
    ...secrets,
    ...tokens
      .filter(({ value }) => value === null)
      .map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd })),
  ].sort((one, other) => one.start - other.start);
  let at = 0;
  let shown = '';
  for (const { start, end } of ranges) {
    if (start < at) continue;
    shown += text.slice(at, start) + MASK;
    at = end;
  }
  return shown + text.slice(at);
}
