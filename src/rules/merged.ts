/** The same fact in several places is one finding, at the first of them, which names the others. */
import type { Client, ConnectionSpans } from '../model/client.ts';
import { formatEndpoint } from '../model/connection.ts';
import type { Span } from '../model/span.ts';
import { clientWords, type Draft } from './rule.ts';

export interface MergedDraft extends Draft {
  /** In the order of files and places. */
  readonly alsoAt: readonly Span[];
}

/** `drafts` of one rule. Two clients of other folders are two facts: each is mended, accepted and owned by itself. */
export function merged(drafts: readonly Draft[], clients: readonly Client[]): readonly MergedDraft[] {
  const byName = new Map(clients.map((client) => [client.name, client]));
  const groups = new Map<string, { readonly draft: Draft; readonly places: Span[] }>();
  for (const [index, draft] of drafts.entries()) {
    const client = draft.client === null ? undefined : byName.get(draft.client);
    const key = client ? factOf(draft, client) : String(index);
    const group = groups.get(key) ?? { draft, places: [] };
    groups.set(key, group);
    group.places.push(draft.span, ...(client ? repeatsOf(draft.span, client) : []));
  }
  return [...groups.values()].map(({ draft, places }) => ({
    ...draft,
    alsoAt: othersThan(draft.span, places),
  }));
}

/** What is found about the driver is one fact, whichever string it is used with. */
function factOf(draft: Draft, client: Client): string {
  const { level, target, about, message, fix, span } = draft;
  const { origin, path, driver, driverSpan, endpoint } = client;
  return JSON.stringify([
    [level, target, about, fix, message.replaceAll(clientWords(client), '')],
    [origin, origin === 'repository' ? path : client.name, driver.id, driver.version],
    samePlace(span, driverSpan) || !endpoint ? null : formatEndpoint(endpoint).toLowerCase(),
  ]);
}

const PARTS = [
  'connectionSpan',
  'encryptSpan',
  'trustSpan',
  'endpointSpan',
  'passwordSpan',
] as const satisfies readonly (keyof ConnectionSpans)[];

/** The places that say elsewhere what is said at this one. */
function repeatsOf(span: Span, client: Client): readonly Span[] {
  if (samePlace(span, client.driverSpan)) return client.repeated.driver;
  const part = PARTS.find((name) => client[name] && samePlace(span, client[name]));
  return part ? client.repeated.connections.flatMap((one) => one[part] ?? one.connectionSpan ?? []) : [];
}

function othersThan(first: Span, places: readonly Span[]): readonly Span[] {
  const distinct = places.filter(
    (one, index) => !samePlace(one, first) && places.findIndex((other) => samePlace(one, other)) === index,
  );
  return distinct.sort((one, other) =>
    one.file === other.file ? one.start - other.start : one.file < other.file ? -1 : 1,
  );
}

const samePlace = (one: Span, other: Span) =>
  one.file === other.file && one.start === other.start && one.end === other.end;
