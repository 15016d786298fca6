/**
 * What commands put into OpenSSL's configuration (`sed -i 's/…/…/' /etc/ssl/openssl.cnf`, `echo … >>`, a here-document),
 * and the policy that `update-crypto-policies --set` chooses. SSL_CONF_cmd(3), sed(1), update-crypto-policies(8).
 */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Word } from './shell-words.ts';

/** A part of a word with what it says. */
interface Said {
  readonly setting: TlsPolicyDeclaration['setting'];
  readonly subject?: string;
  readonly value: TlsPolicyDeclaration['value'];
  readonly start: number;
  readonly end: number;
}

const CONFIGURATION = /\.cnf(?:$|\W)|openssl[\w.-]{0,40}\.conf/i;
/** Longer words are whole files. */
const LONGEST_WORD = 20_000;

/** `commands` are those of one instruction or script: text and file may stand in different ones of a pipe. */
export function declareTlsEdits(
  source: SourceText,
  commands: readonly (readonly Word[])[],
  scope: string = source.folder,
): TlsPolicyDeclaration[] {
  const edits = commands.some((command) => command.some(({ value }) => CONFIGURATION.test(value)));
  return commands.flatMap((command) => {
    const names = command.map(({ value }) => value.replace(/^.*\//, ''));
    const policy = names.includes('update-crypto-policies') ? command[names.indexOf('--set') + 1] : undefined;
    if (policy && names.includes('--set')) return cryptoPolicy(source, policy, scope);
    if (!edits) return [];
    const saidIn = names.some((name) => /^(?:sed|perl)$/.test(name))
      ? replaced
      : names.some((name) => WRITES.test(name))
        ? written
        : null;
    if (!saidIn) return [];
    return command
      .filter(({ value }) => value.length <= LONGEST_WORD)
      .flatMap((word) => saidIn(word.value).map((said) => policyOf(source, word, said, 'openssl', scope)));
  });
}

const WRITES = /^(?:echo|printf|cat|tee|COPY)$/;

function cryptoPolicy(source: SourceText, word: Word, scope: string): TlsPolicyDeclaration[] {
  const value = /^[A-Z][\w.-]*(?::[\w.-]+)*$/.test(word.value) ? word.value : null;
  if (word.value === '') return [];
  const said: Said = { setting: 'policy', value, start: 0, end: word.value.length };
  return [policyOf(source, word, said, 'crypto-policies', scope)];
}

function policyOf(
  source: SourceText,
  word: Word,
  { setting, subject, value, start, end }: Said,
  configuration: TlsPolicyDeclaration['configuration'],
  scope: string,
): TlsPolicyDeclaration {
  // With quotes or variables inside, the word's letters are not those of the file.
  const isPlain = word.end - word.start === word.value.length;
  const [from, to] = isPlain ? [word.start + start, word.start + end] : [word.start, word.end];
  return {
    kind: 'tls-policy',
    span: source.span(from, to),
    text: source.text.slice(from, to),
    scope,
    configuration,
    side: 'both',
    setting,
    subject: subject ?? null,
    value,
  };
}

const VALUE = '([^\\s\\\\"\'&;#]+)';
const BOUND = new RegExp(`(Min|Max)Protocol[ \\t]*=[ \\t]*${VALUE}`, 'dgi');
const LIST = new RegExp(`(CipherString|Ciphersuites)[ \\t]*=[ \\t]*${VALUE}`, 'dgi');
const LEVEL = /SECLEVEL=([0-5]|\$\w+|\$\{\w+\})/dg;
const BARE_LIST = /(?<![\w!:+-])[\w!:+-]{1,200}@SECLEVEL=[0-5]/dg;
const PROTOCOL = /^(?:(ssl)v?3|tlsv?1(?:\.([0-3]))?)$/i;
const COMMENT = /^[ \t]*#.*$/gm;

/** Settings of a text that is put into the file; lines that are comments there are none. */
function written(whole: string): Said[] {
  const text = whole.replace(COMMENT, (line) => ' '.repeat(line.length));
  const bounds = [...text.matchAll(BOUND)].flatMap((match) => {
    const setting = match[1]?.toLowerCase() === 'min' ? 'minimum-protocol' : 'maximum-protocol';
    return protocolOf(setting, match[2] ?? '', match.indices?.[2]?.[0] ?? 0);
  });
  const lists = [...text.matchAll(LIST)].map((match): Said => {
    const [, key = '', value = ''] = match;
    const [start, end] = match.indices?.[2] ?? [0, 0];
    const subject = key.toLowerCase() === 'ciphersuites' ? { subject: 'TLS 1.3' } : {};
    return { setting: 'cipher-suites', ...subject, value: value.includes('$') ? null : value, start, end };
  });
  const bare = [...text.matchAll(BARE_LIST)]
    .map(({ 0: value, index }): Said => {
      return { setting: 'cipher-suites', value, start: index, end: index + value.length };
    })
    .filter(({ start }) => !lists.some((list) => list.start <= start && start < list.end));
  const levels = [...text.matchAll(LEVEL)].map(({ 0: all, 1: level = '', index }): Said => {
    const value = level.startsWith('$') ? null : `SECLEVEL ${level}`;
    return { setting: 'policy', value, start: index, end: index + all.length };
  });
  return [...bounds, ...lists, ...bare, ...levels];
}

function protocolOf(setting: Said['setting'], name: string, start: number): Said[] {
  const match = PROTOCOL.exec(name);
  const value = match ? (match[1] ? 'SSL 3.0' : `TLS 1.${match[2] ?? 0}`) : null;
  return value === null && !name.includes('$') ? [] : [{ setting, value, start, end: start + name.length }];
}

/** What `s/pattern/replacement/` puts; text that `a`, `i` and `c` put in counts as it stands. */
function replaced(script: string): Said[] {
  const found: Said[] = [];
  let at = 0;
  while (at < script.length) {
    const command = /(?:^|[;{}\n]|[\d$,/\]!])[ \t]*(s([^\w\s\\])|[aic](?:\\|[ \t]))/g;
    command.lastIndex = at;
    const match = command.exec(script);
    if (!match) return found;
    const from = match.index + match[0].length;
    const delimiter = match[2];
    if (delimiter === undefined) {
      found.push(...moved(written(script.slice(from)), from));
      return found;
    }
    const middle = endOfPart(script, from, delimiter);
    const end = endOfPart(script, middle + 1, delimiter);
    const [pattern, replacement] = [script.slice(from, middle), script.slice(middle + 1, end)];
    found.push(...moved(put(pattern, replacement), middle + 1));
    at = end + 1;
  }
  return found;
}

/** Only the new value may stand in the replacement: a back-reference before it, `s/TLSv1.2/TLSv1/`. */
function put(pattern: string, replacement: string): Said[] {
  if (/^\s*#/.test(replacement)) return [];
  const text = replacement.replace(/\\\d/g, '  ');
  const said = written(text);
  if (said.length > 0) return said;
  const isBound = /(Min|Max)Protocol/i.exec(pattern);
  if (!isBound && !/TLSv1/i.test(pattern)) return [];
  const name = /(?:TLSv1(?:\.[0-3])?|SSLv3)$/.exec(text);
  const setting = isBound?.[1]?.toLowerCase() === 'max' ? 'maximum-protocol' : 'minimum-protocol';
  return name ? protocolOf(setting, name[0], name.index) : [];
}

const moved = (said: readonly Said[], by: number): Said[] =>
  said.map((one) => ({ ...one, start: one.start + by, end: one.end + by }));

function endOfPart(script: string, from: number, delimiter: string): number {
  for (let at = from; at < script.length; at += 1) {
    if (script[at] === '\\') at += 1;
    else if (script[at] === delimiter) return at;
  }
  return script.length;
}
