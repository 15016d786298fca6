/** A TLS setting in words: what `explain` and a finding quote, at the place where it is written. */
import type { TlsPolicyDeclaration } from '../../model/declaration.ts';
import type { Evidence, Strength } from '../../model/evidence.ts';

/** `declared` unless what the setting means is itself only supposed. */
export function settingEvidence(
  setting: TlsPolicyDeclaration,
  took: readonly string[],
  strength: Strength = 'declared',
): Evidence {
  return { strength, statement: settingWords(setting), span: setting.span, took };
}

/** `TLS 1.2 is switched off for clients (infra/hardening.reg:4)`. */
export function settingWords({ setting, subject, value, side, span }: TlsPolicyDeclaration): string {
  const of = side === 'both' ? '' : ` for ${side}s`;
  const what = subject ?? setting.replaceAll('-', ' ');
  return `${what} is ${valueWords(value)}${of} (${span.file}:${span.line})`;
}

function valueWords(value: TlsPolicyDeclaration['value']): string {
  if (value === null) return 'set from a variable';
  if (typeof value === 'boolean') return value ? 'switched on' : 'switched off';
  return typeof value === 'object' ? `set to a list of ${value.length}` : `set to ${value}`;
}
