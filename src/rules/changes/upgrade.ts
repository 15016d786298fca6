/** The change that gives a client a later build of its driver. */

import type { Change } from '../../model/change.ts';
import type { Client, Upgrade } from '../../model/client.ts';
import { isLockfile } from './lockfiles.ts';

/** What the later build is needed for: TLS 1.2, TDS 8.0, or only that someone still mends it. */
export type Need = 'tls12' | 'strict' | 'support';

/**
 * The lowest later build that suffices and is supported on `today` (ISO date): as the edit of its version where that stands
 * there by itself, and as the upgrade in any case. Safe within the major version, and where defaults stay as they are.
 */
export function upgradeChanges(client: Client, need: Need, today: string): readonly Change[] {
  const { driver, driverSpan } = client;
  const to = driver.upgrades.find((one) => suffices(one, need) && isSupported(one, today));
  if (!to) return [];
  const upgrade: Change = {
    kind: 'upgrade',
    ecosystem: driver.declared?.ecosystem ?? null,
    package: driver.declared?.package ?? driver.label,
    from: driver.version,
    to: to.version,
    source: to.source,
  };
  if (!driver.declared?.plain || !EDITED.has(driver.declared.ecosystem) || isLockfile(driverSpan.file))
    return [upgrade];
  const safe = to.sameMajor && to.sameDefaults;
  return [{ kind: 'edit', span: driverSpan, newText: to.version, safe }, upgrade];
}

/** Ecosystems whose packages have the driver's own version numbers, to the last digit. */
const EDITED: ReadonlySet<string> = new Set(['nuget', 'maven', 'gradle', 'npm', 'pypi', 'go', 'cargo']);

const suffices = ({ tls12, strict }: Upgrade, need: Need) =>
  need === 'support' || (need === 'strict' ? strict : tls12);

const isSupported = ({ supportEnds }: Upgrade, today: string) => supportEnds === null || supportEnds >= today;
