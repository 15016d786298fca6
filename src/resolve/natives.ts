/** The drivers that really speak TDS in a component: wrappers (ORMs, dialects) are traced to the driver they bring. */
import { type Driver, type DriverVersion, driver, driverVersions, withFeatures } from '../catalog/drivers.ts';
import type { DeclaredDriver } from '../model/client.ts';
import type { DriverDeclaration } from '../model/declaration.ts';
import type { Span } from '../model/span.ts';
import type { Component } from './components.ts';

export interface Native {
  readonly driver: Driver;
  /** As written or pinned; `null` when unknown. */
  readonly version: string | null;
  readonly rows: readonly DriverVersion[];
  /** Where the version is written, else the name. */
  readonly span: Span;
  /** Where else the component says the same of it. */
  readonly repeats: readonly Span[];
  /** How a file names it; `null`: something else brings it. */
  readonly declared: DeclaredDriver | null;
  /** Wrappers in use: their defaults come before the driver's own. */
  readonly wrappers: readonly DriverVersion[];
}

/** Wrappers of wrappers are followed this far (TypeORM → mssql → tedious). */
const MAX_DEPTH = 4;

/** One entry per native driver; none for a wrapper that brings none by itself (pyodbc, Dapper). */
export function nativesOf(component: Component): readonly Native[] {
  const natives = new Map<string, Native>();
  const wrappers: Native[] = [];
  for (const declaration of component.drivers) {
    const entry = driver(declaration.driver);
    if (!entry) continue;
    const { version, span, repeats, plain } = versionOf(declaration, component.pins);
    const declared = { ecosystem: declaration.ecosystem, package: declaration.package, plain };
    const rows = withFeatures(entry, driverVersions(entry, version), declaration.features);
    if (rows.some(({ stacks }) => stacks.includes('inherits'))) {
      const brought = unwrap(entry, version, span, [], component.pins, MAX_DEPTH);
      wrappers.push(...brought.map((native) => ({ ...native, repeats })));
      continue;
    }
    const known = natives.get(entry.id);
    if (!known || known.version === null)
      natives.set(entry.id, { driver: entry, version, rows, span, repeats, declared, wrappers: [] });
    else if (known.version === version)
      natives.set(entry.id, { ...known, repeats: [...known.repeats, span, ...repeats] });
  }
  for (const { wrappers: through, ...brought } of wrappers) {
    const direct = natives.get(brought.driver.id);
    natives.set(brought.driver.id, {
      ...(direct ?? brought),
      wrappers: [...(direct?.wrappers ?? []), ...through],
    });
  }
  return [...natives.values()];
}

/** What one driver comes down to where no project file pins anything. */
export function nativesOfDriver(entry: Driver, version: string | null, span: Span): readonly Native[] {
  return unwrap(entry, version, span, [], [], MAX_DEPTH);
}

function unwrap(
  entry: Driver,
  version: string | null,
  span: Span,
  through: readonly DriverVersion[],
  pins: readonly DriverDeclaration[],
  depth: number,
): readonly Native[] {
  const rows = driverVersions(entry, version);
  if (!rows.some(({ stacks }) => stacks.includes('inherits'))) {
    return [{ driver: entry, version, rows, span, repeats: [], declared: null, wrappers: through }];
  }
  if (depth === 0) return [];
  return rows.flatMap((row) => {
    const next = row.brings && driver(row.brings.driver);
    if (!row.brings || !next) return [];
    const pinned = pins.find((pin) => pin.driver === next.id)?.version ?? row.brings.version;
    return unwrap(next, pinned, span, [...through, row], pins, depth - 1);
  });
}

interface Versioned {
  readonly version: string | null;
  readonly span: Span;
  readonly repeats: readonly Span[];
  /** The span's text is the version and nothing else. */
  readonly plain: boolean;
}

/** A lockfile's exact version wins over a range; a central file gives the version a reference lacks, and its place. */
function versionOf(declaration: DriverDeclaration, pins: readonly DriverDeclaration[]): Versioned {
  const same = pins
    .filter((pin) => pin.ecosystem === declaration.ecosystem && foldedName(pin) === foldedName(declaration))
    .sort((one, other) => other.scope.length - one.scope.length);
  const pin = same[0];
  if (declaration.version === null) {
    const given = pin ?? managed(declaration, pins);
    const { version, span } = given ?? { version: null, span: declaration.span };
    return { version, span, repeats: [], plain: pin !== undefined && pin.text === version };
  }
  const version = isExact(declaration.version) ? declaration.version : (pin?.version ?? declaration.version);
  return {
    version,
    span: declaration.span,
    repeats: pin?.version === version ? [pin.span] : [],
    plain: declaration.text === version,
  };
}

/** A bill of materials (Spring Boot's parent) fixes the version of drivers it manages: the place is the BOM's version. */
function managed(
  { driver: id }: DriverDeclaration,
  pins: readonly DriverDeclaration[],
): Pick<Versioned, 'version' | 'span'> | null {
  for (const pin of pins) {
    const bom = driver(pin.driver);
    const rows = bom && pin.version !== null ? driverVersions(bom, pin.version) : [];
    const brought = rows.length === 1 ? rows[0]?.brings : null;
    if (brought?.driver === id) return { version: brought.version, span: pin.span };
  }
  return null;
}

/** Names compare without case, and on PyPI `python_tds` is `python-tds` (PEP 503). */
function foldedName({ ecosystem, package: name }: DriverDeclaration): string {
  return ecosystem === 'pypi' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name.toLowerCase();
}

const isExact = (version: string) => /^v?\d[\w.+-]*$/.test(version);
