/** `Registry.xml` of Group Policy Preferences: [MS-GPPREF] 2.2.1.13. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { attribute, child, descendants, type Element, readXml } from '../../text/xml.ts';
import { declareRegistryValues, type RegistryData } from './schannel.ts';

export const groupPolicyPreferences: Reader = {
  id: 'group-policy-preferences',
  matches: (path) => /(?:^|\/)registry\.xml$/i.test(path),
  read(source, vocabulary) {
    if (!source.text.includes('<RegistrySettings')) return [];
    return [...descendants(readXml(source))].flatMap((element) =>
      element.name === 'Registry' && attribute(element, 'disabled')?.value !== '1'
        ? registryValue(source, vocabulary, element)
        : [],
    );
  },
};

function registryValue(source: SourceText, vocabulary: Vocabulary, registry: Element): Declaration[] {
  const properties = child(registry, 'Properties');
  if (!properties) return [];
  const of = (name: string) => attribute(properties, name);
  const [hive, key, name, value] = [of('hive'), of('key'), of('name'), of('value')];
  if (!key || !name || !value || of('action')?.value === 'D') return [];
  return declareRegistryValues(source, vocabulary, [
    {
      key: `${hive?.value ?? ''}\\${key.value}`,
      name: name.value,
      data: dataOf(of('type')?.value ?? '', value.value, properties),
      place: value.range,
      keyPlace: key.range,
    },
  ]);
}

/** A DWORD is written in eight hexadecimal digits; the texts of a MULTI_SZ stand in elements of their own too. */
function dataOf(type: string, value: string, properties: Element): RegistryData {
  if (type === 'REG_DWORD') return /^[0-9a-f]{1,8}$/i.test(value) ? Number.parseInt(value, 16) : null;
  const texts = child(properties, 'Values')?.children.map(({ text }) => text) ?? [];
  return texts.length > 0 ? texts : value;
}
