/** SQL Server Integration Services: connection managers of `*.dtsx` and `*.conmgr`, and the values that `*.dtsConfig` puts in. */
import type { ConnectionDeclaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { fromXmlText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { type Attribute, attribute, descendants, type Element, type Range, readXml } from '../../text/xml.ts';

export const integrationServices: Reader = {
  id: 'integration-services',
  matches: (path) => /\.(?:dtsx|dtsconfig|conmgr)$/i.test(path),
  read(source) {
    const elements = [...descendants(readXml(source))];
    return [
      ...elements.filter(isManager).flatMap((manager) => ofManager(source, manager)),
      ...elements.filter(({ name }) => name === 'Configuration').flatMap((one) => configured(source, one)),
    ];
  },
};

/** The outer element; an inner one of the same name holds the properties. */
const isManager = ({ name, children, attributes }: Element) =>
  name === 'ConnectionManager' &&
  (attributes.some((one) => localName(one) === 'CreationName') ||
    children.some((one) => named(one) === 'CreationName'));

const localName = ({ name }: Attribute) => name.slice(name.indexOf(':') + 1);
/** Packages of 2005 and 2008 write properties as elements with a name. */
const named = (element: Element) => element.attributes.find((one) => localName(one) === 'Name')?.value;

function ofManager(source: SourceText, manager: Element): ConnectionDeclaration[] {
  const within = [...descendants(manager)];
  const ranges = within.flatMap((element): Range[] => [
    ...element.attributes.filter((one) => localName(one) === 'ConnectionString').map(({ range }) => range),
    ...(element.name === 'Property' && named(element) === 'ConnectionString' && element.text !== ''
      ? [element.textRange]
      : []),
  ]);
  const kind =
    manager.attributes.find((one) => localName(one) === 'CreationName')?.value ??
    within.find((one) => named(one) === 'CreationName')?.text ??
    '';
  // An expression is what runs; what is written is only what the designer saw last.
  const isComputed = within.some(
    (one) => one.name === 'PropertyExpression' && /^(?:ConnectionString|ServerName)$/.test(named(one) ?? ''),
  );
  const retained = within.some(
    (one) =>
      one.attributes.some((own) => localName(own) === 'Retain' && /^(?:true|-1|1)$/i.test(own.value)) ||
      (named(one) === 'Retain' && /^(?:true|-1|1)$/i.test(one.text)),
  );
  return ranges
    .flatMap((range) => connectionAt(source, range, kind, isComputed))
    .map((one) => ({ ...one, retained }));
}

/** `Path="\Package.Connections[Orders].Properties[ConnectionString]"`. */
function configured(source: SourceText, element: Element): ConnectionDeclaration[] {
  const path = attribute(element, 'Path')?.value ?? '';
  const value = element.children.find(({ name }) => name === 'ConfiguredValue');
  if (!/Properties\[ConnectionString\]$/.test(path) || !value || value.text === '') return [];
  return connectionAt(source, value.textRange, '', false);
}

function connectionAt(
  source: SourceText,
  { start, end }: Range,
  kind: string,
  isComputed: boolean,
): ConnectionDeclaration[] {
  const [, provider] = /^ADO\.NET:([\w.]+)\.\w+Connection\b/i.exec(kind) ?? [];
  const connection = declareConnection(source, fromXmlText(source, start, end), provider ? { provider } : {});
  if (!connection || connection.ambiguous) return [];
  return [isComputed ? { ...connection, endpoint: null } : connection];
}
