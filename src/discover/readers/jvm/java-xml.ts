/**
 * XML of Java's servers and frameworks: `persistence.xml`, Tomcat's `context.xml` and `server.xml`, WildFly's `*-ds.xml` and
 * `module.xml`, Hibernate, Spring, Ant, `.classpath`: the URL of a data source, the class of its driver, the driver's
 * jar, options of the virtual machine.
 */
import type { Reader } from '../../reader.ts';
import { fromXmlText } from '../../text/decoded.ts';
import { descendants, readXml } from '../../text/xml.ts';
import { dataSource } from './data-source.ts';
import { jarsIn } from './jar-names.ts';
import { xmlOptions } from './java-xml-options.ts';

const WORDS = /sqlserver|mssql|jtds|sqljdbc|jdk\.tls\.|https\.protocols|java\.security\.properties/i;

export const javaXml: Reader = {
  id: 'java-xml',
  words: WORDS,
  matches: (path) => /(?:\.xml|(?:^|\/)\.classpath|\.iml|\.jnlp|\.launch)$/i.test(path),
  read(source, vocabulary) {
    if (!WORDS.test(source.text)) return [];
    return [...descendants(readXml(source))].flatMap((element) => {
      const { attributes, text, textRange } = element;
      // A text with blanks in it is prose, unless it is a URL.
      const ranges = attributes.map(({ range }) => range);
      const places = /^(?:jdbc|r2dbc)|^\S+$/.test(text) ? [...ranges, textRange] : ranges;
      const values = places.flatMap(({ start, end }) => {
        const value = fromXmlText(source, start, end);
        return [
          ...(/^\s*(?:\$\{[\w.-]+:)?[\w.-]+[:.]/.test(value.text)
            ? dataSource(source, vocabulary, value)
            : []),
          ...jarsIn(source, vocabulary, value),
        ];
      });
      return [...values, ...xmlOptions(source, element)];
    });
  },
};
