/** The `connection` strings that a policy file declares for clients, lexed where they stand. */
import { declareConnection } from './discover/connection-strings/declare.ts';
import { plain } from './discover/text/decoded.ts';
import type { SourceText } from './discover/text/source-text.ts';
import type { ConnectionDeclaration } from './model/declaration.ts';
import type { Policy } from './model/policy.ts';

/** By client name. */
export function policyConnections(
  policy: Policy,
  source: SourceText,
): ReadonlyMap<string, ConnectionDeclaration> {
  return new Map(
    policy.clients.flatMap(({ name, connection }) => {
      const declared =
        connection &&
        declareConnection(source, plain(source, connection.span.start, connection.span.end), {});
      return declared ? [[name, declared] as const] : [];
    }),
  );
}
