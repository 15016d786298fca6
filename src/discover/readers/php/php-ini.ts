/** `extension=` of php.ini and of the files beside it (PHP manual, "List of php.ini directives"). */
import type { Reader } from '../../reader.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** `extension=sqlsrv`, `extension=php_pdo_sqlsrv_82_nts.dll`, `extension=/usr/lib/php/sqlsrv.so`. */
const EXTENSION =
  /^[ \t]*(?:zend_)?extension[ \t]*=[ \t]*["']?(?:[^"'\s;]*[/\\])?(?:php_)?(sqlsrv|pdo_sqlsrv|pdo_dblib)(?:_\d+_n?ts(?:_x64)?)?(?:\.(?:so|dll))?["']?[ \t]*(?:;.*)?$/dgim;

export const phpIni: Reader = {
  id: 'php-ini',
  words: /sqlsrv|dblib/i,
  matches: (path) => /(?:^|\/)(?:php[^/]*\.ini(?:-\w+)?|\d+-[\w-]+\.ini|conf\.d\/[^/]+\.ini)$/i.test(path),
  read(source, vocabulary) {
    return [...source.text.matchAll(EXTENSION)].flatMap(({ 1: name = '', indices }) => {
      const [start = 0, end = 0] = indices?.[1] ?? [];
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'composer',
        package: `ext-${name.toLowerCase()}`,
        version: null,
        role: 'uses',
        start,
        end,
      });
    });
  },
};
