import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Declaration } from '../../src/model/declaration.ts';
import type { Span } from '../../src/model/span.ts';
import { renderJson } from '../../src/report/json.ts';
import { reportOf } from '../../src/report/report-of.ts';
import { EMPTY, SAMPLE } from './sample-report.ts';

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const schema: Schema & { readonly $defs: Readonly<Record<string, Schema>> } = JSON.parse(
  readFileSync(new URL('../../schema/check.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

function errorsOf(text: string) {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

const span: Span = { file: 'a', start: 0, end: 1, line: 1, column: 1, endLine: 1, endColumn: 2 };
const said = { span, text: 'a', scope: '' };
const DECLARATIONS: readonly Declaration[] = [
  {
    ...said,
    kind: 'driver',
    ecosystem: 'nuget',
    package: 'Microsoft.Data.SqlClient',
    driver: 'mds',
    version: null,
    role: 'uses',
  },
  {
    ...said,
    kind: 'connection',
    grammar: 'jdbc',
    names: null,
    ambiguous: false,
    endpoint: { host: 'a', port: null, instance: 'B' },
    endpointSpan: null,
    encrypt: { keyword: 'encrypt', written: 'strict', value: 'Strict', span },
    trustServerCertificate: null,
    hostNameInCertificate: null,
    passwordSpan: null,
    pooling: null,
    connectTimeout: null,
  },
  {
    ...said,
    kind: 'server',
    image: 'mcr.microsoft.com/mssql/server:2019-latest',
    product: 'SQL Server 2019',
    server: null,
    stack: null,
    endpoints: [],
  },
  { ...said, kind: 'runtime', platform: 'jdk', version: '8', lowerBound: true, stack: null },
  { ...said, kind: 'unreadable', reason: 'a tag is never closed' },
];

describe('schema/check.schema.json', () => {
  test('takes the sample and an empty report', () => {
    expect(errorsOf(renderJson(SAMPLE))).toEqual([]);
    expect(errorsOf(renderJson(EMPTY))).toEqual([]);
  });

  test('takes declarations of every kind as the pipeline flattens them', () => {
    const report = reportOf({
      findings: [],
      pairs: [],
      remedies: [],
      targets: [],
      observations: new Map(),
      declarations: DECLARATIONS,
      notChecked: [],
    });
    expect(errorsOf(renderJson(report))).toEqual([]);
  });

  test('every object is closed, every key described, and every key but details required', () => {
    const OPTIONAL = { evidence: ['source', 'span', 'took'] } as const;
    for (const [name, { properties, required, additionalProperties }] of [
      ['report', schema] as const,
      ...Object.entries(schema.$defs),
    ]) {
      if (!properties) continue;
      expect([name, additionalProperties]).toEqual([name, false]);
      for (const [key, { description }] of Object.entries(properties))
        expect([name, key, description]).toEqual([name, key, expect.stringMatching(/[.?]$|[.;] null/)]);
      if (name === 'declaration') continue;
      const optional: readonly string[] = name === 'evidence' ? OPTIONAL.evidence : [];
      expect([name, required]).toEqual([
        name,
        Object.keys(properties).filter((key) => !optional.includes(key)),
      ]);
    }
  });

  test('tells drift: a new, a missing and a misspelt field', () => {
    const [first] = SAMPLE.pairs;
    expect(errorsOf(JSON.stringify({ ...SAMPLE, extra: 1 }))).not.toEqual([]);
    expect(errorsOf(JSON.stringify({ ...SAMPLE, pairs: undefined }))).not.toEqual([]);
    expect(errorsOf(JSON.stringify({ ...SAMPLE, pairs: [{ ...first, outcome: 'failed' }] }))).not.toEqual([]);
    expect(errorsOf(JSON.stringify({ ...SAMPLE, schemaVersion: 2 }))).not.toEqual([]);
  });
});

test('a span of evidence is written as file, line and column, without offsets', () => {
  const [first] = JSON.parse(renderJson(SAMPLE)).findings;
  expect(first.evidence[0].span).toEqual({
    file: 'services/billing/Billing.csproj',
    line: 3,
    column: 29,
    endLine: 3,
    endColumn: 33,
  });
});
