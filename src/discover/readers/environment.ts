/** Variables of a process's environment, wherever a file sets them. */
import type { ConnectionDeclaration, TlsPolicyDeclaration } from '../../model/declaration.ts';
import { declareConnection } from '../connection-strings/declare.ts';
import type { DecodedText } from '../text/decoded.ts';
import type { SourceText } from '../text/source-text.ts';
import { godebugSettings } from './go/godebug.ts';
import { JAVA_VARIABLES, javaOptions } from './jvm/java-options.ts';
import { nodeOptions } from './node/node-options.ts';

/** A connection string, or options of a runtime that change its TLS. */
export function declareVariable(
  source: SourceText,
  name: string,
  value: DecodedText,
  scope: string = source.folder,
): readonly (ConnectionDeclaration | TlsPolicyDeclaration)[] {
  const connection = declareConnection(source, value, { scope });
  return connection ? [connection] : optionsOf(source, name, value, scope);
}

/** What `NODE_OPTIONS`, `JAVA_TOOL_OPTIONS` and their like, and `GODEBUG`, set about TLS. */
export function optionsOf(
  source: SourceText,
  name: string,
  value: DecodedText,
  scope: string,
): TlsPolicyDeclaration[] {
  if (name === 'NODE_OPTIONS') return nodeOptions(source, value, scope);
  if (name === 'GODEBUG') return placed(godebugSettings(source, value.text, value.sourceOffset(0)), scope);
  return JAVA_VARIABLES.has(name) ? placed(javaOptions(source, value), scope) : [];
}

const placed = (settings: readonly TlsPolicyDeclaration[], scope: string): TlsPolicyDeclaration[] =>
  settings.map((one) => ({ ...one, scope }));
