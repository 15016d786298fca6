/** Everything that was found, by the client and the target it belongs to; what belongs to nobody, with the reason. */
import { driver } from '../catalog/drivers.ts';
import type { NotChecked } from '../model/check-report.ts';
import type { Client } from '../model/client.ts';
import type { ConnectionDeclaration, Declaration } from '../model/declaration.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Span } from '../model/span.ts';
import { foldersUpFrom } from './components.ts';
import { grouped } from './grouped.ts';
import type { Resolution } from './resolve.ts';

/** A declaration that several clients share stands with each of them. */
export function inventoryOf(
  declarations: readonly Declaration[],
  { clients, targets, links, notChecked }: Resolution,
): Inventory {
  const places = new Places(declarations);
  const linksOf = grouped(links, ({ client }) => client);
  const linksTo = grouped(links, ({ target }) => target);
  const ofClients = clients.map((client) => ({
    client,
    targets: (linksOf.get(client) ?? []).map(({ target }) => target.name),
    declarations: client.origin === 'policy' ? [] : places.ofClient(client),
  }));
  const ofTargets = targets.map((target) => ({
    target,
    clients: (linksTo.get(target) ?? []).map(({ client }) => client.name),
    declarations: places.at(target.span).filter(({ kind }) => kind === 'server'),
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

/** Declarations by where they stand and by the folder they speak for. */
class Places {
  readonly #order: ReadonlyMap<Declaration, number>;
  readonly #byPlace: ReadonlyMap<string, readonly Declaration[]>;
  readonly #byScope: ReadonlyMap<string, readonly Declaration[]>;

  constructor(declarations: readonly Declaration[]) {
    this.#order = new Map(declarations.map((one, index) => [one, index]));
    this.#byPlace = grouped(declarations, ({ span }) => placeKey(span));
    this.#byScope = grouped(declarations, ({ scope }) => scope);
  }

  at(span: Span): readonly Declaration[] {
    return this.#byPlace.get(placeKey(span)) ?? [];
  }

  /** Its driver, also where a file above fixes the version; its string; what its folder runs on. In order. */
  ofClient({ path, driver: { id }, driverSpan, connectionSpan }: Client): readonly Declaration[] {
    const found = new Set<Declaration>([
      ...this.at(driverSpan).filter(({ kind }) => kind === 'driver'),
      ...(connectionSpan ? this.at(connectionSpan).filter(({ kind }) => kind === 'connection') : []),
      ...(this.#byScope.get(path) ?? []).filter(({ kind }) => kind === 'runtime'),
      ...foldersUpFrom(path).flatMap((folder) =>
        (this.#byScope.get(folder) ?? []).filter((one) => one.kind === 'driver' && one.driver === id),
      ),
    ]);
    const order = (one: Declaration) => this.#order.get(one) ?? 0;
    return [...found].sort((one, other) => order(one) - order(other));
  }
}

const placeKey = ({ file, start, end }: Span) => `${start} ${end} ${file}`;

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
