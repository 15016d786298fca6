// Every way in which the catalog says that a driver, a stack or a server is declared has a file of the corpus in which it is found.
import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import images from '../../src/catalog/data/images.json' with { type: 'json' };
import serverImages from '../../src/catalog/data/server-images.json' with { type: 'json' };
import { DRIVERS, driverOfName } from '../../src/catalog/drivers.ts';
import type { ConnectionDeclaration, Declaration, DriverDeclaration } from '../../src/model/declaration.ts';
import { openWorkspace } from '../../src/workspace/workspace.ts';
import { declarationsOfFiles } from './listed.ts';
import { WAYS } from './ways.ts';

const ROOT = 'test/fixtures/repositories';
const found: readonly Declaration[] = (
  await Promise.all(
    readdirSync(ROOT).map(async (family) => {
      const files = await declarationsOfFiles(await openWorkspace(`${ROOT}/${family}`));
      return [...files.values()].flat();
    }),
  )
).flat();
const drivers = found.filter((one): one is DriverDeclaration => one.kind === 'driver');
const connections = found.filter((one): one is ConnectionDeclaration => one.kind === 'connection');
const texts = new Set(found.map(({ text }) => text));

const ROWS = DRIVERS.flatMap(({ id, declaredAs }) =>
  declaredAs.map(({ ecosystem, name }) => ({ id, ecosystem, name, title: `${id}: ${ecosystem} ${name}` })),
);

/** `jtds-1.x.jar`, `mssql-jdbc-<version>.jre<N>.jar`, `libmsodbcsql-17.*.so`, `sqlncli.msi (11.x)`: what varies is any text. */
const pattern = (name: string) =>
  new RegExp(
    `^${name
      .replace(/ \([\d.x]+\)$/, '')
      .split(/<\w+>|\*|(?<=\.)x(?=\.)/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
      .join('.*')}`,
    'i',
  );

const folded = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-');

function isFound({ id, ecosystem, name }: (typeof ROWS)[number]): boolean {
  if (ecosystem === 'connection-string-keyword') return isNamed(id, name);
  // Several monikers in one row: each of them.
  const monikers = /^TargetFramework(?:Version)? (.*)$/.exec(name)?.[1]?.split('|');
  if (monikers) return monikers.every((one) => texts.has(one));
  return drivers.some(
    (one) =>
      one.ecosystem === ecosystem &&
      (one.driver === id || ecosystem === 'pypi') &&
      (folded(one.package) === folded(name) ||
        pattern(name).test(one.package) ||
        pattern(name).test(one.text)),
  );
}

/** The string names that driver, in the words of this row. */
function isNamed(id: string, row: string): boolean {
  const words = row.split(' / ').map((one) => one.toLowerCase().replace(/host:1433.*$/, ''));
  return connections.some(({ names, text }) => {
    const said = text.toLowerCase();
    const named = names && driverOfName(names.ecosystem, names.name);
    return (
      (named === id || named === undefined) &&
      words.some((one) => said.includes(one) || said.includes(one.replace(/[{}]/g, '')))
    );
  });
}

/** Rows that name several places, or a file whose every line is a declaration of its own. */
const WHOLE_FILES: Readonly<Record<string, readonly ((one: Declaration) => boolean)[]>> = {
  '<supportedRuntime sku=".NETFramework,Version=v4.x"> / providerName="System.Data.SqlClient" in app.config or web.config':
    [
      (one) =>
        one.kind === 'runtime' && /\.config$/.test(one.span.file) && one.platform === 'dotnet-framework',
      (one) => one.kind === 'connection' && one.names?.name === 'System.Data.SqlClient',
    ],
  // That .NET's System.Data.Odbc uses them is nowhere said: what they hold is declared, under the driver's own name.
  'odbc.ini / odbcinst.ini / *.dsn with Driver=': [
    (one) => one.kind === 'connection' && /odbc\.ini$/.test(one.span.file),
    (one) => one.kind === 'driver' && /odbcinst\.ini$/.test(one.span.file),
    (one) => one.kind === 'connection' && /\.dsn$/.test(one.span.file),
  ],
};

describe('drivers', () => {
  test.each(ROWS.map((row) => [row.title, row] as const))('%s', (_, row) => {
    const parts = WHOLE_FILES[row.name];
    expect(parts ? parts.every((part) => found.some(part)) : isFound(row)).toBe(true);
  });
});

describe('images and runners', () => {
  test.each(images.rows.map((row) => [`${row.where} ${row.pattern}`, row] as const))('%s', (_, row) => {
    const of = images.rows.filter(({ where }) => where === row.where);
    // The first row that fits is the one that counts.
    const counts = ({ text }: Declaration) =>
      of.find(({ pattern: one }) => new RegExp(one).test(text)) === row;
    expect(found.some((one) => one.kind === 'runtime' && counts(one))).toBe(true);
  });
  test.each(serverImages.rows.map((row) => [row.pattern, row] as const))('%s', (_, row) => {
    const counts = (image: string) =>
      serverImages.rows.find(({ pattern: one }) => new RegExp(one).test(image)) === row;
    expect(found.some((one) => one.kind === 'server' && one.image !== null && counts(one.image))).toBe(true);
  });
});

describe('other ways of declaring a stack or a server', () => {
  test.each(WAYS.map((way) => [way.how, way.isFoundIn] as const))('%s', (_, isFoundIn) => {
    expect(found.some(isFoundIn)).toBe(true);
  });
});

test('the corpus: at least 150 files, at least 40 of them traps', async () => {
  const files = (
    await Promise.all(
      readdirSync(ROOT).map(async (family) => (await openWorkspace(`${ROOT}/${family}`)).list()),
    )
  ).flat();
  expect(files.length).toBeGreaterThanOrEqual(150);
  expect(files.filter((path) => /(?:^|\/)traps\//.test(path)).length).toBeGreaterThanOrEqual(40);
});
