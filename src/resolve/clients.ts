/** Clients: each driver of each component with each of its connection strings, and those the policy file declares. */
import { driverOfText } from '../catalog/driver-text.ts';
import { type DriverVersion, driverLabel, isGivenUp, supportEnds } from '../catalog/drivers.ts';
import type { NotChecked } from '../model/check-report.ts';
import type { Client, ConnectionSpans } from '../model/client.ts';
import { formatEndpoint, isThisMachine } from '../model/connection.ts';
import type { ConnectionDeclaration } from '../model/declaration.ts';
import type { Policy, PolicyClient } from '../model/policy.ts';
import { casesOf, clearTextCase } from './cases.ts';
import type { Component } from './components.ts';
import { type Framework, frameworkNatives, nativesFor } from './matching.ts';
import { type Native, nativesOf, nativesOfDriver } from './natives.ts';
import { isClearText, settingsOf } from './settings.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';
import { upgradesOf } from './upgrades.ts';

export interface ResolvedClients {
  readonly clients: readonly Client[];
  readonly notChecked: readonly NotChecked[];
}

/** Matches paths against a policy's glob; handed in, so that resolving needs no glob library. */
export type MatchGlob = (glob: string, path: string) => boolean;

export function clientsOfComponent(
  component: Component,
  policy: Policy,
  matches: MatchGlob,
): ResolvedClients {
  const rule =
    policy.clientRules.find(
      ({ path }) => matches(path, component.path) || matches(path, `${component.path}/x`),
    ) ?? null;
  const surroundings = surroundingsOf(component.runtimes, rule);
  const natives = nativesOf(component);
  const framework = frameworkOf(component, surroundings);
  const connectsTo = rule?.connectsTo?.map(({ value }) => value) ?? null;
  const drafts: Draft[] = [];
  const notChecked: NotChecked[] = [];
  for (const connection of component.connections) {
    const users = nativesFor(connection, natives, framework);
    if (users.length === 0 && !connection.ambiguous) notChecked.push(withoutDriver(connection));
    drafts.push(...users.map((native) => ({ native, connection })));
  }
  const idle = natives.filter(
    (native) => !drafts.some((draft) => draft.native.driver.id === native.driver.id),
  );
  drafts.push(...idle.map((native) => ({ native, connection: null })));
  if (drafts.length === 0 && framework && (connectsTo !== null || rule?.runtime)) {
    drafts.push(...frameworkNatives(framework).map((native) => ({ native, connection: null })));
  }
  const clients = distinct(drafts).map(({ native, connection, repeats }) => {
    const client = clientOf(
      nameOf(component.path || 'root', native, natives),
      'repository',
      component.path,
      native,
      connection,
      surroundings,
      connectsTo,
    );
    return { ...client, repeated: { ...client.repeated, connections: repeats.map(spansOf) } };
  });
  return { clients: uniquelyNamed(clients), notChecked };
}

/** A client that the policy file declares; `connection` is its string, lexed. */
export function clientOfPolicy(
  declared: PolicyClient,
  connection: ConnectionDeclaration | null,
): ResolvedClients {
  const named = driverOfText(declared.driver.value);
  const { span } = declared.driver;
  if (!named) {
    const reason = `\`driver: ${declared.driver.value}\` is no driver of the catalog`;
    return {
      clients: [],
      notChecked: [{ subject: declared.name, reason, file: span.file, line: span.line }],
    };
  }
  const natives = nativesOfDriver(named.driver, named.version, span);
  // A driver that brings none by itself (pyodbc) takes the one its string names.
  const [native] = natives.length > 0 || !connection ? natives : nativesFor(connection, [], null);
  if (!native) {
    const reason = `\`driver: ${declared.driver.value}\` brings no driver by itself: name the one it uses`;
    return {
      clients: [],
      notChecked: [{ subject: declared.name, reason, file: span.file, line: span.line }],
    };
  }
  const surroundings = surroundingsOf([], declared);
  const connectsTo = declared.connectsTo?.map(({ value }) => value) ?? null;
  return {
    clients: [clientOf(declared.name, 'policy', '', native, connection, surroundings, connectsTo)],
    notChecked: [],
  };
}

/** A client that stands in no file: `explain` is told of it in words. */
export function clientOfWords(
  name: string,
  native: Native,
  connection: ConnectionDeclaration | null,
  surroundings: Surroundings,
): Client {
  return clientOf(name, 'policy', '', native, connection, surroundings, null);
}

interface Draft {
  readonly native: Native;
  readonly connection: ConnectionDeclaration | null;
}

/** A draft with the other strings that say the same. */
interface DistinctDraft extends Draft {
  readonly repeats: ConnectionDeclaration[];
}

/** Two strings to the same server with the same settings are one client; the first written stands for both. */
function distinct(drafts: readonly Draft[]): readonly DistinctDraft[] {
  const seen = new Map<string, DistinctDraft>();
  for (const draft of drafts) {
    const { native, connection } = draft;
    const key = JSON.stringify([
      native.driver.id,
      connection?.endpoint ? formatEndpoint(connection.endpoint).toLowerCase() : null,
      connection?.encrypt?.value ?? connection?.encrypt?.written,
      connection?.trustServerCertificate?.value ?? connection?.trustServerCertificate?.written,
    ]);
    const first = seen.get(key);
    if (!first) seen.set(key, { ...draft, repeats: [] });
    else if (connection) first.repeats.push(connection);
  }
  return [...seen.values()];
}

function clientOf(
  name: string,
  origin: Client['origin'],
  path: string,
  native: Native,
  connection: ConnectionDeclaration | null,
  surroundings: Surroundings,
  connectsTo: readonly string[] | null,
): Client {
  const { driver, version, rows } = native;
  const clearText = isClearText(connection, native);
  const cases = clearText
    ? [clearTextCase(driver.name, `${driver.name} without encryption says ENCRYPT_NOT_SUP and starts no TLS`)]
    : casesOf(
        rows.map((row) => ({ driver, row, version })),
        surroundings,
      );
  const strict = new Set(rows.map((row) => row.strict));
  const ends = new Set(rows.map(supportEnds));
  return {
    name,
    origin,
    path,
    driver: {
      id: driver.id,
      label: driverLabel(driver),
      version,
      versionMatters: version === null ? differences(rows) : null,
      supportEnds: ends.size === 1 ? ([...ends][0] ?? null) : null,
      givenUp: rows.length > 0 && rows.every(isGivenUp),
      declared: native.declared,
      upgrades: upgradesOf(native),
      validatesWhenForced: agreed(rows.map((row) => row.validatesWhenForced)),
      strict: strict.size === 1 && !strict.has('inherits') ? strict.has('yes') : null,
    },
    driverSpan: native.span,
    ...spansOf(connection),
    endpoint: connection?.endpoint ?? null,
    repeated: { driver: native.repeats, connections: [] },
    local: !!connection?.endpoint && isThisMachine(connection.endpoint),
    settings: settingsOf(connection, native),
    cases,
    connectsTo,
    unresolved: [...surroundings.unresolved, ...unresolvedOf(native, cases.length > 0)],
  };
}

const spansOf = (connection: ConnectionDeclaration | null): ConnectionSpans => ({
  connectionSpan: connection?.span ?? null,
  encryptSpan: connection?.encrypt?.span ?? null,
  trustSpan: connection?.trustServerCertificate?.span ?? null,
  endpointSpan: connection?.endpointSpan ?? null,
  passwordSpan: connection?.passwordSpan ?? null,
});

function unresolvedOf({ driver, version, rows }: Native, hasCases: boolean): string[] {
  if (rows.length === 0) return [`the catalog has no ${driver.name} ${version ?? ''}`.trim()];
  return hasCases ? [] : [`no TLS stack of the catalog fits ${driver.name} where it runs`];
}

function agreed(values: readonly (boolean | undefined)[]): boolean | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

/** In what the builds differ that an unknown version could be; `null` when it does not matter. */
function differences(rows: readonly DriverVersion[]): string | null {
  const differ = (pick: (row: DriverVersion) => unknown) =>
    new Set(rows.map((row) => String(pick(row)))).size > 1;
  const found = [
    differ((row) => (row.tlsMax === 'TLS 1.3' ? 'TLS 1.2' : row.tlsMax)) ||
    differ((row) => row.tls12 === 'no')
      ? 'TLS 1.2'
      : null,
    differ((row) => row.encryptDefault) ? 'the default of Encrypt' : null,
    differ((row) => row.stacks.includes('none')) ? 'whether there is TLS at all' : null,
  ].filter((one) => one !== null);
  return found.length > 0 ? found.join(' and ') : null;
}

function frameworkOf(component: Component, surroundings: Surroundings): Framework | null {
  const declared = component.runtimes.find(({ platform }) => platform === 'dotnet-framework');
  const runtime = surroundings.runtimes.get('dotnet-framework');
  if (!declared || !runtime) return null;
  return {
    span: declared.span,
    version: runtime.orLater && runtime.version ? `>=${runtime.version}` : runtime.version,
  };
}

const nameOf = (path: string, native: Native, natives: readonly Native[]) =>
  natives.length > 1 ? `${path} (${driverLabel(native.driver)})` : path;

/** Several connections of one driver in one folder are told apart by where their strings stand. */
function uniquelyNamed(clients: readonly Client[]): readonly Client[] {
  return clients.map((client) => {
    if (clients.filter(({ name }) => name === client.name).length < 2) return client;
    const { connectionSpan: span } = client;
    return {
      ...client,
      name: span
        ? `${client.name} [${span.file.slice(span.file.lastIndexOf('/') + 1)}:${span.line}]`
        : client.name,
    };
  });
}

function withoutDriver({ span, endpoint }: ConnectionDeclaration): NotChecked {
  return {
    subject: `connection string${endpoint ? ` to ${formatEndpoint(endpoint)}` : ''}`,
    reason: 'no driver that reads it is declared beside or above it',
    file: span.file,
    line: span.line,
  };
}
