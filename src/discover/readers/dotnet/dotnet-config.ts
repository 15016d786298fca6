/** `web.config`, `app.config` and other .NET configuration files: connection strings and the runtime they ask for. */
import type { Declaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { fromXmlText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { type Attribute, attribute, descendants, type Element, type Range, readXml } from '../../text/xml.ts';
import { frameworkDeclaration, frameworkOfVersion } from './framework.ts';
import { switchDeclaration, switchesIn } from './switches.ts';

const OTHERS = /(?:^|\/)(?:packages|nuget|nlog|repositories)\.config$/i;
/** The file itself, or a section that it keeps in a file of its own (`configSource`, `file`). */
const ROOT = /<(?:configuration|connectionStrings|appSettings|log4net)[\s>]/i;

export const dotnetConfig: Reader = {
  id: 'dotnet-config',
  matches: (path) => /\.config$/i.test(path) && !OTHERS.test(path),
  read(source) {
    // Many programs name their files so, and some write tags that are no XML.
    if (!ROOT.test(source.text)) return [];
    return [...descendants(readXml(source))].flatMap((element) => [
      ...connectionsOf(source, element),
      ...runtimeOf(source, element),
      ...overridesOf(source, element),
    ]);
  },
};

function connectionsOf(source: SourceText, element: Element): Declaration[] {
  const provider = attribute(element, 'providerName')?.value;
  return placesOf(element).flatMap(({ range, isNamed }) => {
    const decoded = fromXmlText(source, range.start, range.end);
    const connection = declareConnection(source, decoded, provider ? { provider } : {});
    // A setting that could be anything is no connection string.
    return connection && (isNamed || !connection.ambiguous) ? [connection] : [];
  });
}

interface Place {
  readonly range: Range;
  /** The file itself says that this is a connection string. */
  readonly isNamed: boolean;
}

/** `connectionString="…"`, `sqlConnectionString="…"`; `value="…"`; `<value>…</value>` of application settings. */
function placesOf({ name, attributes, text, textRange }: Element): Place[] {
  const named = /connectionString$/i;
  const inAttributes = attributes
    .filter((one) => named.test(one.name) || one.name.toLowerCase() === 'value')
    .map((one) => ({ range: one.range, isNamed: named.test(one.name) || named.test(name) }));
  return /^value$|connectionString$/i.test(name) && text !== ''
    ? [...inAttributes, { range: textRange, isNamed: named.test(name) }]
    : inAttributes;
}

/** `<AppContextSwitchOverrides value="…"/>`, and `<add key="AppContext.SetSwitch:Name" value="…"/>` of ASP.NET. */
function overridesOf(source: SourceText, element: Element): Declaration[] {
  const value = attribute(element, 'value');
  if (!value) return [];
  const { start, end } = value.range;
  if (element.name.toLowerCase() === 'appcontextswitchoverrides') return switchesIn(source, start, end);
  const [, name] = /^AppContext\.SetSwitch:(.+)$/i.exec(attribute(element, 'key')?.value ?? '') ?? [];
  return name === undefined ? [] : switchDeclaration(source, name, start, end);
}

function runtimeOf(source: SourceText, element: Element): Declaration[] {
  switch (element.name.toLowerCase()) {
    case 'supportedruntime': {
      const sku = attribute(element, 'sku');
      // Without a SKU the version is that of the runtime: `v2.0.50727`, `v4.0.30319`.
      return sku
        ? declared(source, sku, /^\.NETFramework,Version=(v[\d.]+)/di)
        : declared(source, attribute(element, 'version'), /^(v\d+\.\d+)/di);
    }
    case 'httpruntime':
    case 'compilation':
      return declared(source, attribute(element, 'targetFramework'), /^([\d.]+)$/d);
    default:
      return [];
  }
}

/** Group 1 is the version. */
function declared(source: SourceText, written: Attribute | undefined, version: RegExp): Declaration[] {
  if (!written) return [];
  const found = version.exec(source.text.slice(written.range.start, written.range.end));
  const place = found?.indices?.[1];
  if (!found?.[1] || !place) return [];
  const start = written.range.start + place[0];
  return frameworkDeclaration(source, frameworkOfVersion(found[1]), start, start + found[1].length);
}
