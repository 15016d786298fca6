/** `mssql.conf` of SQL Server on Linux: sections of `key = value`. https://learn.microsoft.com/sql/linux/sql-server-linux-configure-mssql-conf */
import type { Reader } from '../../reader.ts';
import { declareNetworkSetting } from './mssql-network.ts';

const SECTION = /^\s*\[([^\]]*)\]/;
const ASSIGNMENT = /^([ \t]*([A-Za-z]\w{0,60})[ \t]*=[ \t]*)(.*)$/;

export const mssqlConf: Reader = {
  id: 'mssql-conf',
  matches: (path) => /(?:^|\/)(?:[\w-]+\.)?mssql\.conf(?:\.j2)?$/i.test(path),
  read(source) {
    let section = '';
    let start = 0;
    return source.text.split('\n').flatMap((line) => {
      const from = start;
      start += line.length + 1;
      section =
        SECTION.exec(line.replace(/^\uFEFF/, ''))?.[1]
          ?.trim()
          .toLowerCase() ?? section;
      const [, before, key, rest] = ASSIGNMENT.exec(line.trimEnd()) ?? [];
      if (section !== 'network' || before === undefined || key === undefined || rest === undefined) return [];
      const value = rest.replace(/(?:^|[ \t])[#;].*$/, '').trimEnd();
      const place = { start: from + before.length, end: from + before.length + value.length };
      return declareNetworkSetting(source, key, { value, ...place });
    });
  },
};
