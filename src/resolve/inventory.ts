/** Everything that was found, by the client and the target it belongs to; what belongs to nobody, with the reason. */
import { driver } from '../catalog/drivers.ts';
import type { NotChecked } from '../model/check-report.ts';
import type { Client } from '../model/client.ts';
import type { ConnectionDeclaration, Declaration } from '../model/declaration.ts';
import type { Inventory } from '../model/inventory.ts';
import { isSameSpan } from '../model/span.ts';
import { isWithin } from './components.ts';
import type { Resolution } from './resolve.ts';

/** A declaration that several clients share stands with each of them. */
export function inventoryOf(
  declarations: readonly Declaration[],
  { clients, targets, links, notChecked }: Resolution,
): Inventory {
  const ofClients = clients.map((client) => ({
    client,
    targets: links.filter((link) => link.client === client).map(({ target }) => target.name),
    declarations: declarations.filter((one) => belongsTo(one, client)),
  }));
  const ofTargets = targets.map((target) => ({
    target,
    clients: links.filter((link) => link.target === target).map(({ client }) => client.name),
    declarations: declarations.filter((one) => one.kind === 'server' && isSameSpan(one.span, target.span)),
  }));
  const assigned = new Set([...ofClients, ...ofTargets].flatMap((group) => group.declarations));
  return {
    clients: ofClients,
    targets: ofTargets,
    unassigned: declarations
      .filter((declaration) => !assigned.has(declaration))
      .map((declaration) => ({ declaration, reason: reasonOf(declaration, clients, notChecked) })),
  };
}

function belongsTo(declaration: Declaration, client: Client): boolean {
  const { span, scope } = declaration;
  if (client.origin === 'policy') return false;
  switch (declaration.kind) {
    case 'driver':
      return (
        isSameSpan(span, client.driverSpan) ||
        (declaration.driver === client.driver.id && isShared(scope, client.path))
      );
    case 'connection':
      return client.connectionSpan !== null && isSameSpan(span, client.connectionSpan);
    case 'runtime':
      return scope === client.path;
    default:
      return false;
  }
}

/** A lockfile above a component speaks for it as well. */
const isShared = (scope: string, path: string) => isWithin(path, scope);

function reasonOf(
  declaration: Declaration,
  clients: readonly Client[],
  notChecked: readonly NotChecked[],
): string {
  switch (declaration.kind) {
    case 'driver':
      return driverReason(declaration.driver, declaration.role, clients);
    case 'connection':
      return connectionReason(declaration, notChecked);
    case 'server':
      return 'no endpoint is declared for it, so that no client is known to reach it';
    case 'runtime':
      return 'no client of SQL Server is declared in its folder';
    case 'tls-policy':
      return 'listed; no verdict takes it into account yet';
    case 'unreadable':
      return 'what it declares is not known';
  }
}

function driverReason(id: string, role: 'uses' | 'pins', clients: readonly Client[]): string {
  const wraps = driver(id)?.versions.some(({ stacks }) => stacks.includes('inherits'));
  if (!wraps && role === 'pins')
    return 'fixes a version; nothing that takes this driver is declared below it';
  if (!wraps) return 'another declaration of this driver in its folder decides';
  return clients.length > 0
    ? 'speaks through another driver, which stands with its client'
    : 'speaks through another driver, and none is declared beside it';
}

function connectionReason(connection: ConnectionDeclaration, notChecked: readonly NotChecked[]): string {
  const { file, line } = connection.span;
  const noted = notChecked.find((one) => one.file === file && one.line === line);
  if (noted) return noted.reason;
  return connection.ambiguous
    ? 'could be the string of another database, and no driver of SQL Server beside it takes it'
    : 'says the same as another connection string of its client';
}
