import { expect, test } from '@jest/globals';
import { setupPy } from '../../../../src/discover/readers/python/setup-py.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'setup.py';
const list = (element: string) => saysOf(setupPy, FILE, `setup(install_requires=[${element}])`);

test.each([
  ['"pyodbc==5.1.0"', ['driver 5.1.0: 5.1.0']],
  ['"""pyodbc==5.1.0""", # one\n"pymssql"', ['driver 5.1.0: 5.1.0', 'driver null: pymssql']],
  ['# "pyodbc",\n', []],
  ['"pyodbc" "==5.1.0"', []],
  ['"pyodbc==" + VERSION', []],
  ['VERSION + "pyodbc"', []],
  ['f"pyodbc=={VERSION}"', []],
  ['"pyodbc=={}".format(VERSION)', []],
  ['pick("pyodbc", "pymssql")', []],
  ['pick(["pyodbc"])', []],
  ['PINS["pyodbc"]', []],
  ['"pyodbc" if WINDOWS else "pymssql"', []],
  ['name for name in ["pyodbc"]', []],
])('a list of %p', (element, expected) => {
  expect(list(element)).toEqual(expected);
});

test('in other dress, and cut anywhere', () => {
  const text = 'from setuptools import setup\nsetup(install_requires=["pyodbc==5.1.0"], name="""a\nb""")\n';
  expectSameInOddDress(setupPy, FILE, text, '# 🔒 "');
  expectEveryPrefixToBeRead(setupPy, FILE, text);
});
