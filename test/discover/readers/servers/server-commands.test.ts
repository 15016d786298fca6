import { expect, test } from '@jest/globals';
import { serverCommands } from '../../../../src/discover/readers/servers/server-commands.ts';
import { pointedAt } from '../../declarations.ts';

test.each([
  ['deploy.sh', true],
  ['.github/workflows/deploy.yml', true],
  ['build/api.Dockerfile', true],
  ['Dockerfile.sql', true],
  ['Vagrantfile', true],
  ['README.md', false],
  ['deploy.py', false],
])('%s: %p', (path, expected) => {
  expect(serverCommands.matches(path)).toBe(expected);
});

test.each([
  [
    'id=$(az sql server create -n sql-a --minimal-tls-version 1.2 --query id)',
    ['server: sql server', 'tls-policy: 1.2'],
  ],
  ['  - run: az sql mi create --minimal-tls-version=1.1', ['server: sql mi', 'tls-policy: 1.1']],
  ["az sql server update --minimal-tls-version='1.1' -n a", ['server: sql server', 'tls-policy: 1.1']],
  ['az sql server create --minimal-tls-version', ['server: sql server']],
  ['az sql server show -n a', []],
  ['echo "az sql server create"', []],
  [
    'mssql-conf set network.tlsprotocols 1.2; mssql-conf set network.forceencryption 1',
    ['tls-policy: 1.2', 'tls-policy: 1'],
  ],
  ['mssql-conf unset network.tlsprotocols', []],
  ['choco install git sql-server-2017 -y', ['server: sql-server-2017']],
  ['choco list sql-server-2017', []],
])('%s', (line, expected) => {
  expect(pointedAt(serverCommands, 'deploy.sh', `set -e\n${line}\n`)).toEqual(expected);
});
