import { expect, test } from '@jest/globals';
import { conda } from '../../../../src/discover/readers/python/conda.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'environment.yml';

test.each([
  ['pyodbc', 'driver null: pyodbc'],
  ['pyodbc=5.1', 'driver 5.1: 5.1'],
  ['pyodbc=5.1.0=py311_0', 'driver 5.1.0: 5.1.0'],
  ['pyodbc==5.1.0', 'driver 5.1.0: 5.1.0'],
  ['pyodbc 5.1.* py311_0', 'driver 5.1.*: 5.1.*'],
  ['pyodbc>=4,<6', 'driver >=4,<6: >=4,<6'],
  ['conda-forge/linux-64::pyodbc >=5', 'driver >=5: >=5'],
  ['"pyodbc=5.1.0"', 'driver 5.1.0: 5.1.0'],
  ['python=3.11', 'runtime 3.11: 3.11'],
  ['python', 'runtime null: python'],
])('%p', (specification, expected) => {
  expect(saysOf(conda, FILE, `dependencies:\n  - ${specification}\n`)).toEqual([expected]);
});

test('in other dress, and cut anywhere', () => {
  const text = 'name: a\ndependencies:\n  - python=3.11\n  - pip:\n      - pyodbc==5.1.0\n';
  expectSameInOddDress(conda, FILE, text, '# 🔒');
  expectEveryPrefixToBeRead(conda, FILE, text);
});
