/**
 * `odbcinst.ini` of unixODBC: the drivers that are registered on the machine, one section each, under a name that anybody may
 * choose; the library says which driver it is, and Microsoft's tells its version ("Install the ODBC driver (Linux)").
 */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import { type IniSection, readIni, valuesOf } from '../../text/ini.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { driverFile } from '../driver-file.ts';
import { withoutTemplateSuffix } from './template-name.ts';

export const odbcinst: Reader = {
  id: 'odbcinst',
  matches: (path) => /(?:^|\/)\.?odbcinst[^/]*\.ini$/i.test(withoutTemplateSuffix(path)),
  read(source, vocabulary) {
    return readIni(source.text, { comments: '#;' }).flatMap((section) =>
      registered(source, vocabulary, section),
    );
  },
};

/** One driver for a section: that of its library, else, where that is not known by its name, that of the section's name. */
function registered(source: SourceText, vocabulary: Vocabulary, section: IniSection): DriverDeclaration[] {
  const libraries = valuesOf(section, 'driver', 'driver64', 'driver32').filter(({ text }) => text !== '');
  const [found] = libraries.flatMap((library) => driverFile(source, vocabulary, library));
  if (found) return [found];
  const { name } = section;
  const foreign = libraries.some(({ text }) => LIBRARY.test(text) && !isOfMaker(vocabulary, text));
  if (name === null || foreign) return [];
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'odbcinst',
    package: name.text,
    version: null,
    role: 'uses',
    start: name.start,
    end: name.end,
  });
}

/** A library's name is written out: it is no variable. */
const LIBRARY = /\.(?:so|dylib|dll)[.\d]*$/i;

/** Under another version or as a link: `libmsodbcsql.so`. */
function isOfMaker(vocabulary: Vocabulary, library: string): boolean {
  return vocabulary.packagesOf('so').some((name) => library.includes(/^\w+/.exec(name)?.[0] ?? name));
}
