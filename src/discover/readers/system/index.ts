/** Settings of the operating system and of its processes: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { aptList } from './apt-list.ts';
import { brewfile } from './brewfile.ts';
import { cryptoPolicies } from './crypto-policies.ts';
import { dotenv } from './dotenv.ts';
import { freetdsConf } from './freetds-conf.ts';
import { odbcIni } from './odbc-ini.ts';
import { odbcinst } from './odbcinst.ts';
import { opensslCnf } from './openssl-cnf.ts';
import { script } from './script.ts';
import { systemd } from './systemd.ts';
import { winget } from './winget.ts';

export const SYSTEM: readonly Reader[] = [
  dotenv,
  systemd,
  odbcinst,
  odbcIni,
  freetdsConf,
  opensslCnf,
  cryptoPolicies,
  brewfile,
  winget,
  aptList,
  script,
];
