/** SQL Servers that are clients themselves: linked servers, by the policy file's word. */
import { driver } from '../catalog/drivers.ts';
import { serverOfProduct } from '../catalog/servers.ts';
import { stackOfOperatingSystem } from '../catalog/tls-stacks.ts';
import type { NotChecked } from '../model/check-report.ts';
import type { Client } from '../model/client.ts';
import type { PolicyTarget } from '../model/policy.ts';
import { clientOfWords, type ResolvedClients } from './clients.ts';
import { nativesOfDriver } from './natives.ts';
import { surroundingsOf } from './surroundings.ts';

/** One client for each target that links to others: the provider of its release, on its own system. */
export function serverClients(targets: readonly PolicyTarget[]): ResolvedClients {
  const resolved = targets.filter(({ linksTo }) => linksTo.length > 0).map(serverClient);
  return {
    clients: resolved.flatMap(({ clients }) => clients),
    notChecked: resolved.flatMap(({ notChecked }) => notChecked),
  };
}

function serverClient({ name, server, linksTo, span }: PolicyTarget): ResolvedClients {
  const [first] = linksTo;
  const place = first?.span ?? span;
  const os = server?.os ? stackOfOperatingSystem(server.os.value) : undefined;
  const product = server?.product && serverOfProduct(server.product.value, os?.family === 'openssl-distro');
  const provider = product?.server.linkedServerProvider;
  const entry = provider && driver(provider.driver);
  const [native] = entry ? nativesOfDriver(entry, provider.version, place) : [];
  if (!native) {
    const reason =
      'it links to other servers, and which provider it does so with is not known: name its `product` under `server`';
    const note: NotChecked = { subject: name, reason, file: place.file, line: place.line };
    return { clients: [], notChecked: [note] };
  }
  const surroundings = surroundingsOf([], { runsOn: server?.os ?? null, runtime: null });
  const client: Client = {
    ...clientOfWords(`${name} (linked server)`, native, null, surroundings),
    origin: 'server',
    connectsTo: linksTo.map(({ value }) => value),
  };
  return { clients: [client], notChecked: [] };
}
