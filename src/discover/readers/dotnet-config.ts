/** `web.config`, `app.config` and other .NET configuration files: connection strings and the runtime they ask for. */
import type { Declaration } from '../../model/declaration.ts';
import { declareConnection } from '../connection-strings/declare.ts';
import type { Reader } from '../reader.ts';
import { fromXmlText } from '../text/decoded.ts';
import type { SourceText } from '../text/source-text.ts';
import { type Attribute, attribute, descendants, type Element, readXml } from '../text/xml.ts';
import { frameworkDeclaration, frameworkOfVersion } from './framework.ts';

const OTHERS = /(?:^|\/)(?:packages|nuget|nlog|repositories)\.config$/i;

export const dotnetConfig: Reader = {
  id: 'dotnet-config',
  matches: (path) => /\.config$/i.test(path) && !OTHERS.test(path),
  read(source) {
    // Many programs name their files so; only XML is .NET's.
    if (!/^\s*</.test(source.text)) return [];
    return [...descendants(readXml(source))].flatMap((element) => [
      ...connectionOf(source, element),
      ...runtimeOf(source, element),
    ]);
  },
};

function connectionOf(source: SourceText, element: Element): Declaration[] {
  if (element.name.toLowerCase() !== 'add') return [];
  const written = attribute(element, 'connectionString') ?? attribute(element, 'value');
  if (!written) return [];
  const provider = attribute(element, 'providerName')?.value;
  const decoded = fromXmlText(source, written.range.start, written.range.end);
  const connection = declareConnection(source, decoded, provider ? { provider } : {});
  // An application setting that could be anything is no connection string.
  const isNamed = attribute(element, 'connectionString') !== undefined;
  return connection && (isNamed || !connection.ambiguous) ? [connection] : [];
}

function runtimeOf(source: SourceText, element: Element): Declaration[] {
  const declared = (written: Attribute | undefined, version: RegExp) => {
    const found = written && version.exec(source.text.slice(written.range.start, written.range.end));
    const place = found?.indices?.[1];
    if (!written || !found?.[1] || !place) return [];
    const start = written.range.start + place[0];
    return frameworkDeclaration(source, frameworkOfVersion(found[1]), start, start + found[1].length);
  };
  switch (element.name.toLowerCase()) {
    case 'supportedruntime':
      return declared(attribute(element, 'sku'), /^\.NETFramework,Version=(v[\d.]+)/di);
    case 'httpruntime':
    case 'compilation':
      return declared(attribute(element, 'targetFramework'), /^([\d.]+)$/d);
    default:
      return [];
  }
}
