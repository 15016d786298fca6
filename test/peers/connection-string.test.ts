// tedious' own parser of connection strings reads the same keywords and values, where the grammar is the same: ADO.NET's, with
// values bare or in either quote. Not compared: values in braces and a doubled `;`, which are not ADO.NET's.
import { expect, test } from '@jest/globals';
import { parse } from '@tediousjs/connection-string';
import fc from 'fast-check';
import { lexAdo } from '../../src/discover/connection-strings/ado.ts';

const keyword = fc.constantFrom(
  'Server',
  'Data Source',
  'Encrypt',
  'TrustServerCertificate',
  'HostNameInCertificate',
  'Packet Size',
  'X y',
);
const characters = fc.string({
  unit: fc.constantFrom(...'abzAZ019 .,:\\/-_$#&%+é'),
  minLength: 1,
  maxLength: 12,
});
const inQuotes = fc.string({ unit: fc.constantFrom(...'ab; =\'"{}'), maxLength: 12 });
const value = fc.oneof(
  characters.filter((text) => text.trim() !== '').map((text) => ({ written: text, meant: text.trim() })),
  inQuotes.map((text) => ({ written: `"${text.replaceAll('"', '""')}"`, meant: text })),
  inQuotes.map((text) => ({ written: `'${text.replaceAll("'", "''")}'`, meant: text })),
);
const blanks = fc.constantFrom('', ' ', '  ');
const pair = fc.tuple(keyword, value, blanks, blanks);

test('the same keywords and values', () => {
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 6 }), fc.constantFrom('', ';'), (pairs, last) => {
      const text =
        pairs
          .map(([key, { written }, before, after]) => `${before}${key}${after}=${before}${written}${after}`)
          .join(';') + last;
      const ours = new Map(lexAdo(text).tokens.map((token) => [token.keyword.toLowerCase(), token.value]));
      const theirs = new Map(parse(text));
      theirs.delete('');
      expect(ours).toEqual(theirs);
      expect([...ours.values()].at(-1)).toBe(
        pairs.findLast(([key]) => key.toLowerCase() === [...ours.keys()].at(-1))?.[1].meant,
      );
    }),
    { numRuns: 3000 },
  );
});
