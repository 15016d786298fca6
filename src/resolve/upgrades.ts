/** The later builds of a driver that the catalog knows, for those who may move to one. */
import { type DriverVersion, isGivenUp, supportEnds } from '../catalog/drivers.ts';
import { compareVersions, lowestVersion, normalizeVersion } from '../catalog/versions.ts';
import type { Upgrade } from '../model/client.ts';
import type { Native } from './natives.ts';

/** `12.2.0.jre11`: the file of the JDBC driver for Java 11 and later; every build since 10.2 has one for 8, one for 11. */
const JRE = /\.jre(\d+)$/;

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
      if (lowest === null || isGivenUp(later) || isRough(later) || compareVersions(lowest, now) <= 0)
        return [];
      return [{ later, lowest }];
    })
    .sort((one, other) => compareVersions(one.lowest, other.lowest))
    .map(({ later, lowest }) => ({
      version: `${declared?.ecosystem === 'go' ? 'v' : ''}${lowest}${jre(version)}`,
      sameMajor: lowest.split('.')[0] === now.split('.')[0],
      tls12: row.tls12 !== 'yes' && later.tls12 === 'yes',
      strict: row.strict === 'no' && later.strict === 'yes',
      sameDefaults: behaves(later) === behaves(row),
      supportEnds: supportEnds(later),
      source: later.sources.find((source) => source.startsWith('https://')) ?? null,
    }));
}

function jre(version: string): string {
  const java = JRE.exec(version)?.[1];
  return java === undefined ? '' : Number(java) < 11 ? '.jre8' : '.jre11';
}

/** `about 2026`: whether it still is supported nobody knows for sure. */
const isRough = ({ endOfSupport }: DriverVersion) => endOfSupport?.startsWith('about') ?? false;

const behaves = ({ encryptDefault, trustDefault, stacks }: DriverVersion) =>
  JSON.stringify([encryptDefault, trustDefault, stacks]);
