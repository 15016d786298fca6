/** Target frameworks of .NET: monikers and versions, as the SDK documents them ("Target frameworks in SDK-style projects"). */
import type { Platform, RuntimeDeclaration } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';

export interface Framework {
  readonly platform: Platform;
  readonly version: string;
}

/**
 * `net472`, `net40-client`, `net4.8` → .NET Framework, `net8.0-windows`, `netcoreapp3.1` → .NET; `null` for netstandard
 * and others.
 */
export function frameworkOfMoniker(moniker: string): Framework | null {
  const dotted = /^net(coreapp)?(\d+)((?:\.\d+){1,2})(?:-[\w.]+)?$/i.exec(moniker);
  if (dotted) {
    const [, core, major, rest] = dotted;
    // The .NET Framework ended with 4.8.1, its successor took the name from 5.0 on.
    const platform = core || Number(major) >= 5 ? 'dotnet' : 'dotnet-framework';
    return { platform, version: `${major}${rest}` };
  }
  const framework = /^net(\d)(\d)(\d?)(?:-[\w.]+)?$/i.exec(moniker);
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
  return [runtimeDeclaration(source, { ...framework, lowerBound: true, start, end })];
}
