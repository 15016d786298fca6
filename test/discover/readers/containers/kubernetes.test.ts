import { expect, test } from '@jest/globals';
import { kubernetes } from '../../../../src/discover/readers/containers/kubernetes.ts';
import { declarationsOf, pointedAt, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress } from '../odd-files.ts';

const FILE = 'deploy/sql.yaml';
const SQL = 'mcr.microsoft.com/mssql/server:2019-latest';
const POD = `apiVersion: v1
kind: Pod
metadata: { name: sql, labels: { app: sql, tier: data } }
spec: { containers: [{ name: sql, image: "${SQL}" }] }
`;
const service = (selector: string, ports: string) =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: db, namespace: shop }\nspec: { selector: ${selector}, ports: ${ports} }\n`;

test.each([
  ['deploy/sql.yaml', true],
  ['sql.yml', true],
  ['chart/templates/sql.yaml', false],
  ['sql.json', false],
])('%s: %p', (path, expected) => {
  expect(kubernetes.matches(path)).toBe(expected);
});

test.each([
  [
    service('{ app: sql }', '[{ port: 14330, targetPort: 1433 }]'),
    ['db,14330', 'db.shop,14330', 'db.shop.svc.cluster.local,14330'],
  ],
  [service('{ app: other }', '[{ port: 1433 }]'), []],
  [service('{ app: sql, tier: web }', '[{ port: 1433 }]'), []],
  ['', []],
])('a server has the names of the services that select it: %j', (text, expected) => {
  const [server] = declarationsOf(kubernetes, FILE, POD + text);
  const endpoints = server?.kind === 'server' ? server.endpoints : [];
  expect(endpoints.map(({ host, port }) => `${host},${port}`)).toEqual(expected);
});

test('a document that is none does not hide the others', () => {
  expect(pointedAt(kubernetes, FILE, `${POD}---\na: "b\n`)).toEqual([`server: ${SQL}`]);
  expect(problemOf(kubernetes, `apiVersion: v1\nkind: Pod\nimage: "${SQL}\n`)).not.toBeNull();
});

test('in odd dress and cut off', () => {
  const text = `${POD}${service('{ app: sql }', '[{ port: 1433 }]')}---
apiVersion: v1
kind: ConfigMap
data:
  url: Server=sql01.example.com;Database=Shop;User Id=a;Password=hunter2;Encrypt=False
  app.properties: |
    db.url=jdbc:sqlserver://sql02.example.com:1433;password=hunter2
`;
  expectSameInOddDress(kubernetes, FILE, text, '# 😀');
  expectEveryPrefixToBeRead(kubernetes, FILE, text);
});
