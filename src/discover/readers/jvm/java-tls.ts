/** Properties of Java that change TLS: those of a virtual machine (`-D…`) and those of its security file. */
import type { TlsPolicyDeclaration, TlsSetting } from '../../../model/declaration.ts';
import type { DecodedText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { policyDeclaration } from '../tls-policy-declaration.ts';

interface Meaning {
  readonly setting: TlsSetting;
  /** The property, where its setting alone would not say what it does. */
  readonly subject: string | null;
  readonly side: TlsPolicyDeclaration['side'];
  readonly form: 'list' | 'switch' | 'file';
}

const list = (
  setting: TlsSetting,
  side: Meaning['side'],
  subject: string | null = null,
): Readonly<Meaning> => ({ setting, subject, side, form: 'list' });

/** Source: "JSSE Reference Guide", Customizing JSSE: system properties. `https.protocols` is read by HttpsURLConnection alone. */
export const SYSTEM_PROPERTIES: ReadonlyMap<string, Meaning> = new Map([
  ['jdk.tls.client.protocols', list('protocol', 'client')],
  ['jdk.tls.server.protocols', list('protocol', 'server')],
  ['https.protocols', list('protocol', 'client', 'HttpsURLConnection')],
  ['jdk.tls.client.cipherSuites', list('cipher-suites', 'client')],
  ['jdk.tls.server.cipherSuites', list('cipher-suites', 'server')],
  ['jdk.tls.namedGroups', list('groups', 'both')],
  ['jdk.tls.client.SignatureSchemes', list('signature-algorithms', 'client')],
  ['jdk.tls.server.SignatureSchemes', list('signature-algorithms', 'server')],
  [
    'jdk.tls.useExtendedMasterSecret',
    { setting: 'extended-master-secret', subject: null, side: 'both', form: 'switch' },
  ],
  [
    'java.security.properties',
    { setting: 'policy', subject: 'java.security.properties', side: 'both', form: 'file' },
  ],
]);

/** Source: comments of the JDK's own `conf/security/java.security`. The lists are of what is refused, but for the legacy one. */
export const SECURITY_PROPERTIES: ReadonlyMap<string, Meaning> = new Map([
  ...[
    'jdk.tls.disabledAlgorithms',
    'jdk.certpath.disabledAlgorithms',
    'jdk.tls.legacyAlgorithms',
    'jdk.disabled.namedCurves',
  ].map((name) => [name, list('policy', 'both', name)] as const),
  // Red Hat's builds: whether the system's crypto-policy comes on top.
  [
    'security.useSystemPropertiesFile',
    { setting: 'policy', subject: 'crypto-policies', side: 'both', form: 'switch' },
  ],
]);

/** What is set; `null` where the value is neither on nor off. A list that is set to nothing has its `name` for a place. */
export function javaTls(
  source: SourceText,
  { setting, subject, side, form }: Meaning,
  written: DecodedText,
  name: { readonly start: number; readonly end: number },
): TlsPolicyDeclaration {
  const empty = written.text.trim() === '';
  const start = empty ? name.start : written.sourceOffset(0);
  const end = empty ? name.end : written.sourceOffset(written.text.length);
  const value = settingOf(form, written.text.trim());
  return policyDeclaration(source, { configuration: 'java', side, setting, subject, value }, { start, end });
}

/** `$X`, `${X}`, `%X%`, `{{ x }}`, `@x@`, `#{x}#`, `__X__`: still to be filled in. */
const OPEN = /\$|%\w+%|\{\{|@[\w.]+@|#\{|__\w+__/;

function settingOf(form: Meaning['form'], text: string): TlsPolicyDeclaration['value'] {
  if (OPEN.test(text)) return null;
  if (form === 'file') return text;
  if (form === 'switch') return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : null;
  return text
    .split(',')
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .filter((part) => part !== '');
}
