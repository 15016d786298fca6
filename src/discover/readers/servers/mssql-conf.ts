/** `mssql.conf` of SQL Server on Linux. https://learn.microsoft.com/sql/linux/sql-server-linux-configure-mssql-conf */
import type { Reader } from '../../reader.ts';
import { readIni } from '../../text/ini.ts';
import { declareNetworkSetting } from './mssql-network.ts';

export const mssqlConf: Reader = {
  id: 'mssql-conf',
  matches: (path) => /(?:^|\/)(?:[\w-]+\.)?mssql\.conf(?:\.j2)?$/i.test(path),
  read: (source) =>
    readIni(source.text, { comments: '#;', inlineComments: '#;' })
      .filter(({ name }) => name?.text.toLowerCase() === 'network')
      .flatMap(({ entries }) => entries)
      .flatMap(({ key, value: { text: value, start, end } }) =>
        declareNetworkSetting(source, key.text, { value, start, end }),
      ),
};
