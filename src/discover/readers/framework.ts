/** Target frameworks of .NET: monikers and versions, as the SDK documents them ("Target frameworks in SDK-style projects"). */
import type { Platform, RuntimeDeclaration } from '../../model/declaration.ts';
import type { SourceText } from '../text/source-text.ts';

export interface Framework {
  readonly platform: Platform;
  readonly version: string;
}

/** `net472` → .NET Framework 4.7.2, `net8.0-windows` → .NET 8.0, `netcoreapp3.1` → .NET 3.1; `null` for netstandard and others. */
export function frameworkOfMoniker(moniker: string): Framework | null {
  const modern = /^net(?:coreapp)?(\d+\.\d+)(?:-[\w.]+)?$/i.exec(moniker);
  if (modern?.[1]) return { platform: 'dotnet', version: modern[1] };
  const framework = /^net(\d)(\d)(\d?)$/i.exec(moniker);
  if (!framework) return null;
  return {
    platform: 'dotnet-framework',
    version: framework
      .slice(1)
      .filter((digit) => digit !== '')
      .join('.'),
  };
}

/** `v4.7.2` of old projects and of configuration files. */
export function frameworkOfVersion(written: string): Framework | null {
  const version = /^v?(\d+(?:\.\d+){1,2})$/i.exec(written.trim())?.[1];
  return version === undefined ? null : { platform: 'dotnet-framework', version };
}

/** A target framework is a lower bound: .NET Framework 4.x is updated in place. */
export function frameworkDeclaration(
  source: SourceText,
  framework: Framework | null,
  start: number,
  end: number,
): RuntimeDeclaration[] {
  if (!framework) return [];
  const { platform, version } = framework;
  return [
    {
      kind: 'runtime',
      span: source.span(start, end),
      text: source.text.slice(start, end),
      scope: source.folder,
      platform,
      version,
      lowerBound: true,
      stack: null,
    },
  ];
}
