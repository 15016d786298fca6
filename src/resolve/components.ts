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
const INSIDE: ReadonlySet<Ecosystem> = new Set(['code', 'path', 'dll', 'so', 'msi', 'jar']);

export function componentsOf(declarations: readonly Declaration[]): readonly Component[] {
  const uses = ofKind(declarations, 'driver').filter(({ role }) => role === 'uses');
  const pins = ofKind(declarations, 'driver').filter(({ role }) => role === 'pins');
  const runtimes = ofKind(declarations, 'runtime');
  const connections = ofKind(declarations, 'connection');
  const inside = uses.filter(({ ecosystem }) => INSIDE.has(ecosystem));
  const own = uses.filter(({ ecosystem }) => !INSIDE.has(ecosystem));
  const roots = new Set([...own, ...runtimes].map(({ scope }) => scope));
  const home = (scope: string) => nearest(scope, roots) ?? scope;
  const paths = new Set([...roots, ...[...connections, ...inside].map(({ scope }) => home(scope))]);
  return [...paths].sort().map((path) => ({
    path,
    drivers: [
      ...own.filter(({ scope }) => scope === path),
      ...inside.filter(({ scope }) => home(scope) === path),
    ],
    pins: pins.filter(({ scope }) => isWithin(path, scope)),
    runtimes: runtimesOf(path, runtimes),
    connections: connections.filter(({ scope }) => home(scope) === path),
  }));
}

/** Its own; without any, what a `Directory.Build.props` above it sets for every project below. */
function runtimesOf(path: string, runtimes: readonly RuntimeDeclaration[]): readonly RuntimeDeclaration[] {
  const own = runtimes.filter(({ scope }) => scope === path);
  if (own.some(({ platform }) => platform === 'dotnet' || platform === 'dotnet-framework')) return own;
  const inherited = runtimes
    .filter(
      ({ scope, span }) =>
        /(?:^|\/)Directory\.Build\.props$/i.test(span.file) && scope !== path && isWithin(path, scope),
    )
    .sort((one, other) => other.scope.length - one.scope.length);
  return [...own, ...inherited.filter(({ scope }) => scope === inherited[0]?.scope)];
}

function ofKind<K extends Declaration['kind']>(
  declarations: readonly Declaration[],
  kind: K,
): readonly Extract<Declaration, { kind: K }>[] {
  return declarations.filter((one): one is Extract<Declaration, { kind: K }> => one.kind === kind);
}

/** `a/b` is within `a`, `a/b` and the root; `ab` is not within `a`. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function nearest(scope: string, roots: ReadonlySet<string>): string | undefined {
  for (let folder = scope; ; folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '') {
    if (roots.has(folder)) return folder;
    if (folder === '') return undefined;
  }
}
