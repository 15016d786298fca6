/**
 * OpenSSL's configuration of every program on a machine: what stands in the section that `openssl_conf`, `ssl_conf` and
 * `system_default` lead to (config(5), "SSL Configuration"; commands: SSL_CONF_cmd(3)). A file for certificates has none.
 */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { Reader } from '../../reader.ts';
import { type IniEntry, type IniSection, type IniText, pieceOf, readIni } from '../../text/ini.ts';
import type { SourceText } from '../../text/source-text.ts';
import { withoutTemplateSuffix } from './template-name.ts';
import { protocolNamed, type Said, tlsSetting, wordsOf } from './tls-setting.ts';

/** From the lines before the first section to the one that counts. */
const PATH = ['openssl_conf', 'ssl_conf', 'system_default'];

export const opensslCnf: Reader = {
  id: 'openssl-cnf',
  matches: (path) => /(?:^|\/)(?:[^/]+\.cnf|openssl[^/]*\.conf)$/i.test(withoutTemplateSuffix(path)),
  read(source) {
    if (!source.text.includes('openssl_conf')) return [];
    const sections = readIni(source.text, { comments: '#', inlineComments: '#', joiner: '\\' });
    let entries = entriesOf(sections, 'default');
    for (const step of PATH) {
      const next = unquoted(last(entries, step))?.text;
      entries = next === undefined ? [] : entriesOf(sections, next);
    }
    return entries.flatMap(({ key, value }) => opensslSetting(source, key.text, value));
  },
};

/** Sections of one name are one; the lines before the first header are `default`'s. */
const entriesOf = (sections: readonly IniSection[], wanted: string): readonly IniEntry[] =>
  sections.flatMap(({ name, entries }) => ((name?.text ?? 'default') === wanted ? entries : []));

const last = (entries: readonly IniEntry[], wanted: string) =>
  entries.findLast(({ key }) => key.text === wanted)?.value;

/** Quotes around the whole of it. */
function unquoted<T extends IniText | undefined>(value: T): T | IniText {
  return value && /^(["'])[^"']*\1$/.test(value.text) ? pieceOf(value, 1, value.text.length - 1) : value;
}

/** A variable of this file, of another section or of the environment. */
const VARIABLE = /\$(?:\w|[{(])/;

type Command = (value: IniText) => readonly (Said & { readonly at?: IniText })[];

/** A list that goes on in the next line is indented there. */
const listOf = ({ text }: IniText) => text.replace(/(?<=:)\s+/g, '');

const asWritten =
  (setting: Said['setting'], subject?: string): Command =>
  (value) => [{ setting, value: listOf(value), ...(subject === undefined ? {} : { subject }) }];

const bound =
  (setting: 'minimum-protocol' | 'maximum-protocol'): Command =>
  ({ text }) => {
    const protocol = protocolNamed(text);
    return protocol || VARIABLE.test(text) ? [{ setting, value: protocol ?? null }] : [];
  };

/** By command, without case. Those that TLS with SQL Server does not depend on are left out. */
const COMMANDS: Readonly<Record<string, Command>> = {
  minprotocol: bound('minimum-protocol'),
  maxprotocol: bound('maximum-protocol'),
  protocol: protocols,
  cipherstring,
  ciphersuites: asWritten('cipher-suites', 'TLS 1.3'),
  signaturealgorithms: asWritten('signature-algorithms'),
  groups: asWritten('groups'),
  curves: asWritten('groups'),
  options,
};

/** What one line of the section says; nothing for a command that is none of these. */
export function opensslSetting(source: SourceText, key: string, written: IniText): TlsPolicyDeclaration[] {
  // What stands before a dot only tells several commands of one name apart.
  const command = COMMANDS[key.replace(/^.*\./, '').toLowerCase()];
  const value = unquoted(written);
  if (!command || value.text === '') return [];
  return command(value).flatMap(({ at = value, ...one }) =>
    tlsSetting(source, 'openssl', 'both', at, VARIABLE.test(at.text) ? { ...one, value: null } : one),
  );
}

/** `HIGH:!aNULL`, and in it `@SECLEVEL=1` as the level that it is. */
function cipherstring(value: IniText): ReturnType<Command> {
  const level = /@(SECLEVEL=([0-5]))/.exec(value.text);
  const list = { setting: 'cipher-suites', value: listOf(value) } as const;
  if (!level?.[1]) return [list];
  const at = pieceOf(value, level.index + 1, level.index + 1 + level[1].length);
  return [list, { setting: 'policy', value: `SECLEVEL ${level[2]}`, at }];
}

/** `-TLSv1, TLSv1.2`. */
function protocols(value: IniText): ReturnType<Command> {
  return wordsOf(value, /[^\s,]+/g).flatMap((at) => {
    const subject = protocolNamed(at.text.replace(/^[+-]/, ''));
    return subject ? [{ setting: 'protocol', subject, value: !at.text.startsWith('-'), at } as const] : [];
  });
}

const OPTIONS: Readonly<Record<string, Said['setting']>> = {
  unsafelegacyrenegotiation: 'policy',
  unsafelegacyserverconnect: 'policy',
  extendedmastersecret: 'extended-master-secret',
};

/** `UnsafeLegacyRenegotiation, -ExtendedMasterSecret`. */
function options(value: IniText): ReturnType<Command> {
  return wordsOf(value, /[^\s,]+/g).flatMap((at) => {
    const name = at.text.replace(/^[+-]/, '');
    const setting = OPTIONS[name.toLowerCase()];
    if (!setting) return [];
    const on = !at.text.startsWith('-');
    return [setting === 'policy' ? { setting, subject: name, value: on, at } : { setting, value: on, at }];
  });
}
