// The built-in policy packs: one data file each, rows with the section of the document they come from.
import type { Placed } from '../model/policy.ts';
import type { Demand, Requirement } from '../model/requirement.ts';
import bsi from './packs/bsi-tr-02102-2.json' with { type: 'json' };
import cis from './packs/cis-sql-server.json' with { type: 'json' };
import mozilla from './packs/mozilla-intermediate.json' with { type: 'json' };
import nist from './packs/nist-sp-800-52r2.json' with { type: 'json' };
import pci from './packs/pci-dss-4.json' with { type: 'json' };

interface Pack {
  readonly title: string;
  readonly source: string;
  readonly rows: readonly (Demand & Pick<Requirement, 'section' | 'level'>)[];
}

/** By the name that `extends` takes. */
export const PACKS: ReadonlyMap<string, Pack> = new Map(
  Object.entries({
    'nist-sp-800-52r2': nist as Pack,
    'pci-dss-4': pci as Pack,
    'mozilla-intermediate': mozilla as Pack,
    'bsi-tr-02102-2': bsi as Pack,
    'cis-sql-server': cis as Pack,
  }),
);

/** Rows of every pack that is named and built in, in the order of `extends`; one that is named twice counts once. */
export function requirementsOf(names: readonly Placed<string>[]): readonly Requirement[] {
  return [...new Set(names.map(({ value }) => value))].flatMap((pack) => {
    const found = PACKS.get(pack);
    return found ? found.rows.map((row) => ({ ...row, pack, source: found.source })) : [];
  });
}
