import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { KNOWN, problemsOf } from './known-names.ts';
import { FULL_POLICY, INVALID_BY_SHAPE } from './samples.ts';

interface Schema {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
}

const schema: Schema = JSON.parse(
  readFileSync(new URL('../../schema/policy.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ allErrors: true });
ajv.addFormat('date', (day) => {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day;
});
const passes = ajv.compile(schema);

/** Every schema that a key of the file has, with the key's path. */
function keysOf(part: unknown, path: string): [path: string, schema: Schema][] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]): [string, Schema][] =>
    name === 'properties'
      ? Object.entries(inner as object).flatMap(([key, value]): [string, Schema][] => [
          [`${path}/${key}`, value],
          ...keysOf(value, `${path}/${key}`),
        ])
      : name === 'examples'
        ? []
        : keysOf(inner, name === 'definitions' ? path : `${path}/${name}`),
  );
}

const resolve = (part: Schema): Schema =>
  part.$ref ? (schema.definitions?.[part.$ref.replace('#/definitions/', '')] ?? {}) : part;

describe('schema/policy.schema.json', () => {
  test('takes the documented example and the smallest policy', () => {
    for (const text of [FULL_POLICY, 'version: 1\n']) {
      expect(passes(parse(text))).toBe(true);
      expect(problemsOf(text)).toEqual([]);
    }
  });

  test.each(INVALID_BY_SHAPE)('refuses what the loader refuses: $title', ({ text }) => {
    expect(passes(parse(text))).toBe(false);
    expect(problemsOf(text)).not.toEqual([]);
  });

  test.each(keysOf(schema, ''))('%s has a description and examples that are valid', (_, key) => {
    const { description, examples } = resolve(key);
    expect(description).toMatch(/\.$/);
    expect(examples?.length).toBeGreaterThan(0);
    const takes = ajv.compile({ ...resolve(key), definitions: schema.definitions });
    for (const example of examples ?? []) expect([example, takes(example)]).toEqual([example, true]);
  });

  test('agrees with the loader on policies put together from right and wrong values', () => {
    const some = (values: readonly unknown[]) => fc.constantFrom(...values);
    const text = (...right: string[]) =>
      some([...right, ...right, ...right, '', ' ', 7, 1.5, true, null, [], {}]);
    const endpoints = [
      'a',
      'a,1433',
      'tcp:a\\B',
      '[::1],1',
      '::1',
      '.',
      '(local)',
      'a:1',
      'a b',
      'a,',
      'a\\',
      '',
      '-a',
    ];
    const endpoint = some([...endpoints, ...endpoints.slice(0, 7), 1433, null]);
    const glob = some(['a/**', 'a', './a', '**', '/a', '!a', 'a\\b', '..', '.', '../a', ' ', 'a b', null, 1]);
    const date = some(['2027-03-01', '2028-02-29', '2027-02-29', '2027-3-1', 'soon', 20270301, null]);
    const list = (item: fc.Arbitrary<unknown>) =>
      fc.oneof({ weight: 9, arbitrary: fc.array(item, { maxLength: 2 }) }, some([null, 'a', {}]));
    const protocols = list(some(['SSL 3.0', 'TLS 1.2', 'TLS 1.3', 'TLS 1.2', 'TLS1.2', 'tls 1.2', 1.2]));
    const map = (keys: Record<string, fc.Arbitrary<unknown>>) =>
      fc.oneof(
        { weight: 9, arbitrary: fc.record(keys, { requiredKeys: [] }) },
        some([null, 'a', [], { unknown: 1 }]),
      );
    const images = [
      'sql',
      'a.b:5000/c/d_e:1-2',
      `a@sha256:${'0f'.repeat(32)}`,
      'A',
      '-a',
      'a/',
      'a:b c',
      '',
      7,
    ];
    const paths = ['a', './a/b', '...', 'a..b/c', '..', 'a/..', '/a', 'a//b', 'a/', 'a\\b', ' ', null, 1];
    const container = map({ image: some(images), 'mssql-conf': some(paths) });
    const target = map({
      endpoint: fc.oneof(endpoint, some(['lab:sql-server-2019', 'lab:'])),
      container,
      aliases: list(endpoint),
      server: map({ product: text('SQL Server 2019'), os: text('Ubuntu'), protocols }),
      planned: map({ protocols, from: date }),
      login: map({
        user: text('SQL_USER', '_u1', '1u', 'a-b', 'a b'),
        password: text('SQL_PASSWORD', 'P@ss'),
        'trust-server-certificate': some([true, false, 'true', null]),
      }),
    });
    const client = map({
      path: glob,
      name: text('etl'),
      driver: text('jTDS 1.3'),
      connection: text('Server=a'),
      'runs-on': text('Ubuntu'),
      runtime: text('JDK 8'),
    });
    const suppression = map({
      rule: some([...KNOWN.rules, null]),
      path: glob,
      target: text('a'),
      reason: text('why'),
      expires: date,
    });
    const levels = ['error', 'warning', 'notice'];
    // Small policies: with many values at once nearly all are wrong, and agreement says little.
    const policy = fc.oneof(
      target.map((a) => ({ targets: { a } })),
      // An endpoint beside it is most often one too many.
      container.map((a) => ({ targets: { a: { container: a } } })),
      client.map((one) => ({ clients: [one] })),
      suppression.map((one) => ({ suppressions: [one] })),
      map({
        rules: map({ 'dhe-enabled': some([...levels, 'off', 'of', false, null]) }),
        'fail-on': some([...levels, 'never', 'off', null]),
        extends: list(text('a')),
        exclude: list(glob),
      }),
    );
    let right = 0;
    fc.assert(
      fc.property(policy, (rest) => {
        const value = typeof rest === 'object' && rest !== null ? { version: 1, ...rest } : rest;
        const problems = problemsOf(stringify(value));
        if (problems.length === 0) right++;
        expect({ value, problems, passes: passes(value) }).toMatchObject({ passes: problems.length === 0 });
      }),
      { numRuns: 3000 },
    );
    expect(right).toBeGreaterThan(100);
  });
});
