// Whatever somebody writes: no exception, nothing of a password, and a page that is safe to show.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explain } from '../../src/explain/explain.ts';
import { renderExplanation } from '../../src/report/explain.ts';

const TODAY = '2026-11-23';
const words = fc.constantFrom(
  'mssql-jdbc',
  'JDK',
  '8u292',
  'tedious',
  'ODBC',
  '17.4',
  'on',
  'Windows',
  '2012',
  'R2',
  'SQL Server',
  'SP2',
  'CU',
  'SHA-1',
  'self-generated',
  'TLS',
  '1.2',
  'only',
  'Encrypt=',
  'strict',
  'EF Core',
  'pyodbc',
  'rds',
  'linux',
  '.NET 4.5',
  'debian:12',
  '(',
  ')',
  '[',
  '*',
  '\\',
  '\u0000',
  '\u202e',
  '::error::',
  '13.0.5026',
  '99.99.99999',
);
const texts = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(words, { maxLength: 12 }).map((some) => some.join(' ')),
);
const asked = fc.record({
  client: texts,
  server: texts,
  certificate: fc.option(texts, { nil: null }),
  serverProtocols: fc.option(texts, { nil: null }),
  settings: fc.option(texts, { nil: null }),
});

test('any text is explained or refused', () => {
  fc.assert(
    fc.property(asked, (one) => {
      const found = explain(one, TODAY);
      if ('complaint' in found) {
        expect(found.complaint.length).toBeGreaterThan(0);
        return;
      }
      const page = renderExplanation(
        { schemaVersion: 1, pair: found.pair, planned: null },
        { color: false, width: 100 },
      );
      expect(page).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    }),
    { numRuns: 500 },
  );
});

test('any client with a server that is understood, and the other way round', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const rest = { certificate: text, serverProtocols: text, settings: text };
      const one = explain({ client: text, server: 'SQL Server 2016 on Windows Server 2016', ...rest }, TODAY);
      const other = explain({ client: 'tedious 15 on Node 18', server: text, ...rest }, TODAY);
      for (const found of [one, other])
        if ('pair' in found)
          expect(['connects', 'fails', 'may-fail', 'unknown']).toContain(found.pair.outcome);
    }),
    { numRuns: 500 },
  );
});

test('a long text is cut, and that is said', () => {
  const found = explain(
    {
      client: `tedious 15 on Node 18 ${' x'.repeat(100_000)}`,
      server: 'SQL Server 2016 on Windows Server 2016',
      certificate: null,
      serverProtocols: null,
      settings: null,
    },
    TODAY,
  );
  expect(found).toMatchObject({
    pair: { notUnderstood: expect.arrayContaining(['what --client says after 500 characters']) },
  });
});

test('a password is never shown', () => {
  const found = explain(
    {
      client: 'tedious 15 on Node 18 Password=hunter2',
      server: 'SQL Server 2016 on Windows Server 2016',
      certificate: null,
      serverProtocols: null,
      settings: 'Server=sql1.example.com;User Id=sa;Password=hunter2;Encrypt=yes;Foo=Pwd=hunter2',
    },
    TODAY,
  );
  expect(JSON.stringify(found)).not.toContain('hunter2');
});
