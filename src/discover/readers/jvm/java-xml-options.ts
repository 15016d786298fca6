/** Options and system properties of a virtual machine where XML gives them: plugins of Maven, Ant, WildFly, run configurations. */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import { fromXmlText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { attribute, type Element, type Range } from '../../text/xml.ts';
import { javaOptions } from './java-options.ts';
import { javaTls, SYSTEM_PROPERTIES } from './java-tls.ts';

/** What one element says, without those inside of it. */
export function xmlOptions(source: SourceText, element: Element): TlsPolicyDeclaration[] {
  const { name, attributes, children, text, textRange } = element;
  switch (name) {
    // Surefire and Failsafe: `<systemPropertyVariables><https.protocols>…`.
    case 'systemPropertyVariables':
      return children.flatMap((one) => property(source, one.name, one.textRange));
    // WildFly: `<system-properties><property name="…" value="…"/>`.
    case 'system-properties':
      return children.flatMap((one) => pair(source, one, 'name'));
    // Ant: `<sysproperty key="…" value="…"/>`.
    case 'sysproperty':
      return pair(source, element, 'key');
    default: {
      const ranges = attributes.map(({ range }) => range);
      return (text === '' ? ranges : [...ranges, textRange]).flatMap(({ start, end }) =>
        javaOptions(source, fromXmlText(source, start, end)),
      );
    }
  }
}

function pair(source: SourceText, element: Element, key: string): TlsPolicyDeclaration[] {
  const value = attribute(element, 'value');
  return value ? property(source, attribute(element, key)?.value ?? '', value.range) : [];
}

function property(source: SourceText, name: string, { start, end }: Range): TlsPolicyDeclaration[] {
  const meaning = SYSTEM_PROPERTIES.get(name);
  return meaning && end > start
    ? [javaTls(source, meaning, fromXmlText(source, start, end), { start, end })]
    : [];
}
