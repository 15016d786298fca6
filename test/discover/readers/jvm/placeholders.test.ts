// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${…} is how Spring writes a placeholder
import { expect, test } from '@jest/globals';
import { withDefaults } from '../../../../src/discover/readers/jvm/placeholders.ts';
import { plain } from '../../../../src/discover/text/decoded.ts';
import { SourceText } from '../../../../src/discover/text/source-text.ts';

const decoded = (text: string) => withDefaults(plain(new SourceText('f', text), 0, text.length));

test.each([
  ['${DB_URL:jdbc:sqlserver://h}', 'jdbc:sqlserver://h'],
  ['${A:${B:${C:x}}}', 'x'],
  ['${A:${B}}', '${B}'],
  ['jdbc:sqlserver://${H:h}:${P:1433};a=b', 'jdbc:sqlserver://h:1433;a=b'],
  ['${A:-x}', 'x'],
  ['${A:}', ''],
  ['${A:p={x;y}}', 'p={x;y}'],
  // No default, no placeholder of this kind, or none that is whole.
  ['${A}', '${A}'],
  ['${A:?missing}', '${A:?missing}'],
  ['${env:HOST}', '${env:HOST}'],
  ['${A:x', '${A:x'],
  ['x}', 'x}'],
])('%s', (text, expected) => {
  expect(decoded(text).text).toBe(expected);
});

test('places stay those of the file', () => {
  const text = '${A:${B:abc}}';
  const value = decoded(text);
  expect([value.sourceOffset(0), value.sourceOffset(3)]).toEqual([8, 11]);
});
