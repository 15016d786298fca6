// docs/login.md: its policy loads, its table is what is asked.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as queries from '../../src/observe/login/login-queries.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';

const text = readFileSync('docs/login.md', 'utf8');
const asked: readonly queries.Query<unknown>[] = [
  queries.PRODUCT,
  queries.HOST,
  queries.SESSION,
  queries.REGISTRY,
  queries.CONNECTIVITY,
  queries.WORKERS,
  queries.DISPATCHER_POOLS,
];

test('the example policy loads, with names of variables', () => {
  const [, example = ''] = /```yaml\n(version: 1\n[\s\S]*?)```/.exec(text) ?? [];
  const loaded = loadPolicy('example.yml', example, { rules: [], labProfiles: [], suites: [] });
  expect('problems' in loaded ? loaded.problems : []).toEqual([]);
  expect('policy' in loaded ? loaded.policy.targets : []).toMatchObject([
    { login: { user: 'SQL_USER', password: 'SQL_PASSWORD', trustServerCertificate: false } },
  ]);
});

describe('the table of what is asked', () => {
  test('has a line for each query, with its permission', () => {
    const rows = [...text.matchAll(/^\| `([\w.]+)`.*\| ([\w ]+) \| ([\w ]+) \|$/gm)];
    expect(rows.map(([, reads, later, before]) => [reads, later, before])).toEqual(
      asked.map(({ reads, permission }) => [
        reads,
        permission ?? 'nothing',
        permission === null ? 'nothing' : 'VIEW SERVER STATE',
      ]),
    );
  });

  test('every query is one SELECT that reads what it says', () => {
    for (const { sql, reads } of asked) {
      expect(sql).toMatch(/^SELECT /);
      expect(sql).toContain(reads);
      expect(sql).not.toMatch(
        /;|\b(INTO|INSERT|UPDATE|DELETE|MERGE|EXEC|DROP|ALTER|CREATE|DBCC|OPENROWSET)\b/i,
      );
    }
    const all = Object.values(queries).filter((one) => typeof one === 'object');
    expect(new Set(all)).toEqual(new Set(asked));
    expect(text).toContain('Seven SELECTs');
  });
});
