/** Options of Node.js that change TLS ("Command-line API"): on a command line, in `NODE_OPTIONS`, in `.npmrc`. */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { DecodedText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { policyDeclaration } from '../tls-policy-declaration.ts';

const OPTION =
  /--(tls-(?:min|max)-v1\.[0-3]|tls-cipher-list|openssl-legacy-provider|openssl-config|openssl-shared-config|enable-fips|force-fips)(?![\w-])(?:[= ](?:"([^"]*)"|([^\s"'-][^\s"']*)))?/dg;

type Meaning = Pick<TlsPolicyDeclaration, 'setting' | 'subject' | 'value'>;

function meaningOf(option: string, value: string | undefined): Meaning | null {
  const [, bound, minor] = /^tls-(min|max)-v1\.([0-3])$/.exec(option) ?? [];
  if (bound !== undefined)
    return {
      setting: bound === 'min' ? 'minimum-protocol' : 'maximum-protocol',
      subject: null,
      value: `TLS 1.${minor}`,
    };
  switch (option) {
    case 'tls-cipher-list':
      return value === undefined
        ? null
        : { setting: 'cipher-suites', subject: null, value: value.split(':') };
    case 'openssl-config':
      return { setting: 'policy', subject: 'OpenSSL configuration', value: null };
    case 'openssl-legacy-provider':
      return { setting: 'policy', subject: 'legacy provider of OpenSSL', value: true };
    case 'openssl-shared-config':
      return { setting: 'policy', subject: "the system's OpenSSL configuration", value: true };
    default:
      return { setting: 'policy', subject: 'FIPS', value: true };
  }
}

/** `text` is the value of `NODE_OPTIONS`, or a command line. The place is the option's, with its value. */
export function nodeOptions(
  source: SourceText,
  text: DecodedText,
  scope = source.folder,
): TlsPolicyDeclaration[] {
  return [...text.text.matchAll(OPTION)].flatMap(
    ({ 0: whole, 1: option = '', 2: quoted, 3: bare, index }) => {
      const takesValue = option === 'tls-cipher-list' || option === 'openssl-config';
      const meaning = meaningOf(option, takesValue ? (quoted ?? bare) : undefined);
      if (!meaning) return [];
      const length = takesValue ? whole.length : option.length + 2;
      const [start, end] = [text.sourceOffset(index), text.sourceOffset(index + length)];
      const policy = { configuration: 'node', side: 'client', ...meaning } as const;
      return [{ ...policyDeclaration(source, policy, { start, end }), scope }];
    },
  );
}
