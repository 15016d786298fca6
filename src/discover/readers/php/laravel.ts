/** Laravel: `DB_CONNECTION=sqlsrv` of `.env`, and the default of `config/database.php` ("Database: Getting Started"). */
import type { Reader } from '../../reader.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** The catalog's row for it. */
const LARAVEL = 'laravel/framework (DB_CONNECTION=sqlsrv)';
const IN_ENV = /^[ \t]*(?:export[ \t]+)?DB_CONNECTION[ \t]*=[ \t]*["']?(sqlsrv)["']?[ \t]*(?:#.*)?$/dm;
const IN_PHP =
  /^[ \t]*["']default["'][ \t]*=>[ \t]*(?:env\([ \t]*["']\w+["'][ \t]*,[ \t]*)?["'](sqlsrv)["']/dm;

export const laravel: Reader = {
  id: 'laravel',
  words: /sqlsrv/,
  matches: (path) => /(?:^|\/)(?:\.env(?:\.[^/]+)?|config\/database\.php)$/.test(path),
  read(source, vocabulary) {
    const pattern = source.file.endsWith('.php') ? IN_PHP : IN_ENV;
    const place = pattern.exec(source.text)?.indices?.[1];
    if (!place) return [];
    // The settings stand in `config/`, the application above it.
    const scope = source.folder.replace(/(?:^|\/)config$/, '');
    return driverDeclaration(source, vocabulary, {
      ecosystem: 'composer',
      package: LARAVEL,
      version: null,
      role: 'uses',
      start: place[0],
      end: place[1],
    }).map((declared) => ({ ...declared, scope }));
  },
};
