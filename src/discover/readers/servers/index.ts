/** Servers as code: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { ansibleMssql } from './ansible-mssql.ts';
import { armTemplate } from './arm-template.ts';
import { bicep } from './bicep.ts';
import { cloudformation } from './cloudformation.ts';
import { linkedServers } from './linked-servers.ts';
import { mssqlConf } from './mssql-conf.ts';
import { serverCommands } from './server-commands.ts';
import { terraform } from './terraform.ts';

export const SERVERS: readonly Reader[] = [
  mssqlConf,
  terraform,
  bicep,
  armTemplate,
  cloudformation,
  serverCommands,
  ansibleMssql,
  linkedServers,
];
