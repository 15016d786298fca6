/**
 * `freetds.conf`: servers under names of their own, and `[global]` for all of them (FreeTDS user guide, "The freetds.conf
 * file"). What is said there counts for every program on libtds: DB-Library, CT-Library and the ODBC driver.
 */
import type { Setting } from '../../../model/connection.ts';
import type { ConnectionDeclaration, Declaration } from '../../../model/declaration.ts';
import { keywordEndpoint, withParts } from '../../connection-strings/endpoint.ts';
import { encryptMode } from '../../connection-strings/keywords.ts';
import type { Reader } from '../../reader.ts';
import { type IniSection, type IniText, readIni, valuesOf } from '../../text/ini.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { withoutTemplateSuffix } from './template-name.ts';
import { tlsSetting } from './tls-setting.ts';

/** The servers of the file that FreeTDS installs (freetds.conf of its sources). */
const SAMPLES = ['symachine.domain.com', 'ntmachine.domain.com'];
/** Versions of the protocol that Sybase speaks and SQL Server does not. */
const SYBASE = /^(?:4\.6|5\.0)$/;

export const freetdsConf: Reader = {
  id: 'freetds-conf',
  matches: (path) => /(?:^|\/)\.?freetds[^/]*\.conf$/i.test(withoutTemplateSuffix(path)),
  read(source, vocabulary) {
    const sections = readIni(source.text, { comments: '#;' }).filter(({ name }) => name !== null);
    const global = sections.find(isGlobal);
    const place = sections.find(({ name }) => name?.text)?.name;
    if (!place) return [];
    const { start, end } = place;
    return [
      ...driverDeclaration(source, vocabulary, {
        ecosystem: 'config',
        package: 'freetds.conf',
        version: null,
        role: 'uses',
        start,
        end,
      }),
      ...sections.flatMap((section) => [
        ...serverOf(source, section, global),
        ...settingsOf(source, section),
      ]),
    ];
  },
};

const isGlobal = ({ name }: IniSection) => name?.text.toLowerCase() === 'global';

function serverOf(
  source: SourceText,
  section: IniSection,
  global: IniSection | undefined,
): ConnectionDeclaration[] {
  const host = valuesOf(section, 'host').at(-1);
  if (isGlobal(section) || !host || host.text === '' || SAMPLES.includes(host.text.toLowerCase())) return [];
  const said = (key: string) =>
    valuesOf(section, key).at(-1) ?? (global ? valuesOf(global, key).at(-1) : undefined);
  if (SYBASE.test(said('tds version')?.text ?? '')) return [];
  const place = keywordEndpoint(host.text);
  const span = source.span(host.start, host.end);
  const encryption = said('encryption');
  const authority = said('ca file');
  return [
    {
      kind: 'connection',
      span,
      text: host.text,
      scope: source.folder,
      grammar: 'freetds',
      names: null,
      ambiguous: false,
      endpoint:
        place &&
        withParts(place, {
          port: said('port')?.text ?? null,
          instance: said('instance')?.text ?? null,
        }),
      endpointSpan: span,
      encrypt: encryption
        ? settingOf(source, 'encryption', encryption, encryptMode('odbc', 'encryption', encryption.text))
        : null,
      // Without one, any certificate will do.
      trustServerCertificate: authority?.text ? settingOf(source, 'ca file', authority, false) : null,
      hostNameInCertificate: null,
      passwordSpan: null,
      pooling: null,
      connectTimeout: null,
    },
  ];
}

function settingOf<T>(
  source: SourceText,
  keyword: string,
  { text, start, end }: IniText,
  value: T | null,
): Setting<T> | null {
  return end > start ? { keyword, written: text, value, span: source.span(start, end) } : null;
}

const YES = /^(?:yes|on|true|1)$/i;
const NO = /^(?:no|off|false|0)$/i;

function settingsOf(source: SourceText, section: IniSection): Declaration[] {
  const ciphers = valuesOf(section, 'openssl ciphers', 'gnutls ciphers').flatMap((value) =>
    tlsSetting(source, 'freetds', 'client', value, { setting: 'cipher-suites', value: value.text }),
  );
  const versions = (['TLS 1.0', 'TLS 1.1'] as const).flatMap((subject) =>
    valuesOf(section, subject === 'TLS 1.0' ? 'enable tls v1' : 'enable tls v1.1').flatMap((written) => {
      const value = YES.test(written.text) ? true : NO.test(written.text) ? false : null;
      return tlsSetting(source, 'freetds', 'client', written, { setting: 'protocol', subject, value });
    }),
  );
  return [...ciphers, ...versions];
}
