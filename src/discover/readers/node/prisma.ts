/** Prisma's `schema.prisma` ("Prisma schema reference", datasource): a client of SQL Server, with its URL when it is written. */
import type { Declaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { fromJsonString } from '../../text/decoded.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** The catalog's row for it. */
const PROVIDER = 'schema.prisma: provider = "sqlserver"';
const DATASOURCE = /^[ \t]*datasource[ \t]+\w+[ \t]*\{([^}]*)\}/dgm;
const COMMENT = /\/\/[^\n]*/g;
const FIELD = (name: string) => new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*"((?:[^"\\\\\\n]|\\\\.)*)"`, 'dm');

export const prisma: Reader = {
  id: 'prisma',
  matches: (path) => /\.prisma$/.test(path),
  read(source, vocabulary) {
    // A URL holds slashes too: only a comment that begins its line, or follows a blank, is blanked.
    const code = source.text.replace(COMMENT, (comment, at: number) =>
      /(?:^|\s)$/.test(source.text.slice(Math.max(0, at - 1), at)) ? ' '.repeat(comment.length) : comment,
    );
    return [...code.matchAll(DATASOURCE)].flatMap(({ 1: block = '', indices }): Declaration[] => {
      const at = indices?.[1]?.[0] ?? 0;
      const provider = FIELD('provider').exec(block);
      const place = provider?.indices?.[1];
      if (provider?.[1] !== 'sqlserver' || !place) return [];
      const url = FIELD('url').exec(block)?.indices?.[1];
      const connection = url && declareConnection(source, fromJsonString(source, at + url[0], at + url[1]));
      const driver = driverDeclaration(source, vocabulary, {
        ecosystem: 'config',
        package: PROVIDER,
        version: null,
        role: 'uses',
        start: at + place[0],
        end: at + place[1],
      });
      return connection ? [...driver, connection] : driver;
    });
  },
};
