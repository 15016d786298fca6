/** Every driver of the catalog as a client, for asking a server who could connect to it. */
import { DRIVERS } from '../catalog/drivers.ts';
import type { ClientCase } from '../model/client.ts';
import { casesOf } from './cases.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

export interface CatalogClient {
  /** Catalog id. */
  readonly driver: string;
  readonly label: string;
  /** Versions as the vendor or people write them. */
  readonly versions: string;
  readonly cases: readonly ClientCase[];
}

const ANYWHERE: Surroundings = surroundingsOf([], null);

/** One entry for each generation of each driver that speaks TDS itself, with every stack it can run on. */
export function catalogClients(): readonly CatalogClient[] {
  return DRIVERS.flatMap((driver) =>
    driver.versions
      .filter(({ stacks }) => !stacks.includes('inherits'))
      .map((row) => ({
        driver: driver.id,
        label: driver.name,
        versions: row.label ?? row.range,
        cases: casesOf([{ driver, row, version: null }], ANYWHERE),
      })),
  );
}
