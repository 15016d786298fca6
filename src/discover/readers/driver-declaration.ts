/** One driver declaration, if the catalog knows the package. */
import type { DriverDeclaration, Ecosystem } from '../../model/declaration.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import type { SourceText } from '../text/source-text.ts';

export interface Found {
  readonly ecosystem: Ecosystem;
  readonly package: string;
  readonly version: string | null;
  readonly role: DriverDeclaration['role'];
  /** Of the version text, else of the name. */
  readonly start: number;
  readonly end: number;
}

export function driverDeclaration(
  source: SourceText,
  vocabulary: Vocabulary,
  found: Found,
): DriverDeclaration[] {
  const driver = vocabulary.driverOfPackage(found.ecosystem, found.package);
  if (driver === undefined) return [];
  const { ecosystem, role, start, end } = found;
  const version = vocabulary.hasVersionOfDriver(ecosystem, found.package) ? found.version : null;
  return [
    {
      kind: 'driver',
      span: source.span(start, end),
      text: source.text.slice(start, end),
      scope: source.folder,
      ecosystem,
      package: found.package,
      driver,
      version,
      role,
    },
  ];
}
