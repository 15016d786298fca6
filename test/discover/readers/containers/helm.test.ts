import { expect, test } from '@jest/globals';
import { helm } from '../../../../src/discover/readers/containers/helm.ts';
import { declarationsOf, pointedAt, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead } from '../odd-files.ts';

const SQL = 'mcr.microsoft.com/mssql/server:2019-latest';
const template = (text: string) => pointedAt(helm, 'chart/templates/a.yaml', text);

test.each([
  ['chart/values.yaml', true],
  ['chart/values-prod.yml', true],
  ['chart/templates/sql.yaml', true],
  ['chart/templates/db/_helpers.tpl', true],
  ['chart/Chart.yaml', false],
  ['.azure-pipelines/templates/test.yml', false],
])('%s: %p', (path, expected) => {
  expect(helm.matches(path)).toBe(expected);
});

test.each([
  [`image: ${SQL}`, [`server: ${SQL}`]],
  [`- image: "${SQL}" # two`, [`server: ${SQL}`]],
  [`{{ if x }}\r\nimage: '${SQL}'\r\n{{ end }}`, [`server: ${SQL}`]],
  [
    'image: "mcr.microsoft.com/mssql/server:{{ .tag }}"',
    ['server: mcr.microsoft.com/mssql/server:{{ .tag }}'],
  ],
  ['value: {{ "Server=a;Database=b" | quote }}', []],
  [`# image: ${SQL}`, []],
  [`{{/* \nimage: ${SQL}\n*/}}`, []],
  [`{{- printf\n  "image: ${SQL}" }}`, []],
  ['image: {{', []],
  ['{{ }} }} {{{{ }}', []],
])('a template: %j', (text, expected) => {
  expect(template(text)).toEqual(expected);
  expect(problemOf(helm, text)).toBeNull();
});

test.each([
  ['image: { registry: mcr.microsoft.com, repository: mssql/server, tag: 2019-latest }', '2019-latest'],
  ['sql: { image: mcr.microsoft.com/mssql/server, tag: 2022-latest }', '2022-latest'],
  [`sql: { image: ${SQL} }`, SQL],
])('values: %s', (text, expected) => {
  expect(declarationsOf(helm, 'values.yaml', text)).toMatchObject([{ kind: 'server', text: expected }]);
});

test('cut off anywhere', () => {
  const text = `{{- if .x }}\nimage: "${SQL}"\nenv: [{{ include "x" . }}]\nvalue: "Server=sql01.example.com;Database=b;Password=hunter2" # x\n{{ end }}\n`;
  expectEveryPrefixToBeRead(helm, 'chart/templates/a.yaml', text);
});
