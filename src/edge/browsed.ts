/** Adds to a probed server what SQL Browser says of its instance, where that is how it was found. */
import type { ProbedTarget } from '../model/probe-report.ts';
import type { Address } from '../model/target.ts';
import type { Where } from '../observe/wire/line.ts';

/** Two datagrams; the target stays as it is for an endpoint with a port. */
export async function withBrowser(
  target: ProbedTarget,
  address: Address,
  { host }: Where,
): Promise<ProbedTarget> {
  if (address.kind !== 'network') return target;
  const { instance, port } = address.endpoint;
  if (instance === null || port !== null) return target;
  const { dacPort, instancePort } = await import('../observe/browser.ts');
  const found = await instancePort(host, instance);
  if ('reason' in found) return target;
  return { ...target, browser: { instance, ...found, dacPort: await dacPort(host, instance) } };
}
