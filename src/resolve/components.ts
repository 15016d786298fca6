/**
 * Declarations, gathered into components: a component is a folder with something that says which driver or runtime it
 * has. Everything a file declares belongs to the nearest component above it.
 */
import type {
  ConnectionDeclaration,
  Declaration,
  DriverDeclaration,
  Ecosystem,
  RuntimeDeclaration,
} from '../model/declaration.ts';
import { grouped } from './grouped.ts';

export interface Component {
  /** Relative folder, `''` for the root. */
  readonly path: string;
  /** Drivers it takes. */
  readonly drivers: readonly DriverDeclaration[];
  /** Versions that lockfiles and central files above or in it fix. */
  readonly pins: readonly DriverDeclaration[];
  readonly runtimes: readonly RuntimeDeclaration[];
  readonly connections: readonly ConnectionDeclaration[];
}

/** A program or a script lies somewhere below the component it belongs to: where it names a driver is no component by itself. */
const INSIDE: ReadonlySet<Ecosystem> = new Set(['code', 'config', 'path', 'dll', 'so', 'msi', 'jar']);

export function componentsOf(declarations: readonly Declaration[]): readonly Component[] {
  const drivers = ofKind(declarations, 'driver');
  const pins = drivers.filter(({ role }) => role === 'pins');
  const uses = drivers.filter(({ role }) => role === 'uses');
  const runtimes = ofKind(declarations, 'runtime');
  const own = uses.filter(({ ecosystem }) => !INSIDE.has(ecosystem));
  const roots = new Set([...own, ...runtimes].map(({ scope }) => scope));
  const home = ({ scope }: Declaration) => nearest(scope, roots) ?? scope;
  const drivesAt = grouped(own, ({ scope }) => scope);
  const insideAt = grouped(
    uses.filter(({ ecosystem }) => INSIDE.has(ecosystem)),
    home,
  );
  const pinsAt = grouped(pins, ({ scope }) => scope);
  const runtimesAt = grouped(runtimes, ({ scope }) => scope);
  const connectionsAt = grouped(ofKind(declarations, 'connection'), home);
  const paths = new Set([...roots, ...connectionsAt.keys(), ...insideAt.keys()]);
  return [...paths].sort().map((path) => ({
    path,
    drivers: [...(drivesAt.get(path) ?? []), ...(insideAt.get(path) ?? [])],
    pins: foldersUpFrom(path).flatMap((folder) => pinsAt.get(folder) ?? []),
    runtimes: runtimesOf(path, runtimesAt),
    connections: connectionsAt.get(path) ?? [],
  }));
}

/** Its own; without any, what a `Directory.Build.props` above it sets for every project below. */
function runtimesOf(
  path: string,
  runtimesAt: ReadonlyMap<string, readonly RuntimeDeclaration[]>,
): readonly RuntimeDeclaration[] {
  const own = runtimesAt.get(path) ?? [];
  if (own.some(({ platform }) => platform === 'dotnet' || platform === 'dotnet-framework')) return own;
  for (const folder of foldersUpFrom(path).slice(1)) {
    const shared = (runtimesAt.get(folder) ?? []).filter(({ span }) =>
      /(?:^|\/)Directory\.Build\.props$/i.test(span.file),
    );
    if (shared.length > 0) return [...own, ...shared];
  }
  return own;
}

function ofKind<K extends Declaration['kind']>(
  declarations: readonly Declaration[],
  kind: K,
): readonly Extract<Declaration, { kind: K }>[] {
  return declarations.filter((one): one is Extract<Declaration, { kind: K }> => one.kind === kind);
}

/** The folder itself first, the root last. */
export function foldersUpFrom(path: string): readonly string[] {
  const folders = [path];
  for (let folder = path; folder !== ''; ) {
    folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
    folders.push(folder);
  }
  return folders;
}

const nearest = (scope: string, roots: ReadonlySet<string>): string | undefined =>
  foldersUpFrom(scope).find((folder) => roots.has(folder));
