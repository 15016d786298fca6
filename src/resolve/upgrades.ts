/** The later builds of a driver that the catalog knows, for those who may move to one. */
import { type DriverVersion, isGivenUp } from '../catalog/drivers.ts';
import { compareVersions, lowestVersion, normalizeVersion } from '../catalog/versions.ts';
import type { Upgrade } from '../model/client.ts';
import type { Native } from './natives.ts';

/** `12.2.0.jre11` → `.jre11`: which Java the JDBC driver's file is for. */
const JRE = /\.jre\d+(?=$)/;

/** Every generation that begins above the version, and that its vendor has not given up; the lowest first. */
export function upgradesOf({ driver, version, rows, declared }: Native): readonly Upgrade[] {
  const [row, ...others] = rows;
  if (version === null || row === undefined || others.length > 0 || !/^v?\d[\w.+-]*$/.test(version))
    return [];
  const now = normalizeVersion(version);
  if (now === null) return [];
  return driver.versions
    .flatMap((later) => {
      const lowest = later.semver === null ? null : lowestVersion(later.semver);
      if (lowest === null || isGivenUp(later) || compareVersions(lowest, now) <= 0) return [];
      return [{ later, lowest }];
    })
    .sort((one, other) => compareVersions(one.lowest, other.lowest))
    .map(({ later, lowest }) => ({
      version: `${declared?.ecosystem === 'go' ? 'v' : ''}${lowest}${JRE.exec(version)?.[0] ?? ''}`,
      sameMajor: lowest.split('.')[0] === now.split('.')[0],
      tls12: row.tls12 !== 'yes' && later.tls12 === 'yes',
      strict: row.strict === 'no' && later.strict === 'yes',
      sameDefaults: behaves(later) === behaves(row),
      supportEnds: lastDay(later),
      source: later.sources.find((source) => source.startsWith('https://')) ?? null,
    }));
}

/** The latest day in the vendor's words; of a month or a year its last, which is late rather than early. */
function lastDay({ endOfSupport }: DriverVersion): string | null {
  const days = endOfSupport
    ?.match(/\b\d{4}(?:-\d{2}){0,2}\b/g)
    ?.map((day) => `${day}${'-12-31'.slice(day.length - 4)}`);
  return days?.sort().at(-1) ?? null;
}

const behaves = ({ encryptDefault, trustDefault, stacks }: DriverVersion) =>
  JSON.stringify([encryptDefault, trustDefault, stacks]);
