/** One setting of TLS at its place. */
import type { TlsPolicyDeclaration } from '../../model/declaration.ts';
import type { SourceText } from '../text/source-text.ts';

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What a setting says: everything of a {@link TlsPolicyDeclaration} but its place. */
export type Policy = Pick<TlsPolicyDeclaration, 'configuration' | 'side' | 'setting' | 'subject' | 'value'>;

export function policyDeclaration(
  source: SourceText,
  policy: Policy,
  { start, end }: Place,
): TlsPolicyDeclaration {
  const { configuration, side, setting, subject, value } = policy;
  return {
    kind: 'tls-policy',
    span: source.span(start, end),
    text: source.text.slice(start, end),
    scope: source.folder,
    configuration,
    side,
    setting,
    subject,
    value,
  };
}
