// Policies that are told about in docs and tests: one that is right, and what is said of those that are wrong.

export const FULL_POLICY = `version: 1
targets:
  orders:
    endpoint: sql-orders.example.com,1433      # or host\\INSTANCE
    aliases: [sql-orders, 'tcp:10.0.0.5,1433']
    server: { product: SQL Server 2016 SP2, os: Windows Server 2012 R2, protocols: [TLS 1.0, TLS 1.2] }
    planned: { protocols: [TLS 1.2], from: 2027-03-01 }
    configured-by: [infra/hardening.reg, ./infra/*.conf]
    login: { user: SQL_USER, password: SQL_PASSWORD, trust-server-certificate: true }
  archive:
    endpoint: lab:sql-server-2014-rtm
    enumerate: true
  build:
    container: { image: mcr.microsoft.com/mssql/server:2022-latest, mssql-conf: infra/mssql.conf }
    aliases: ['localhost,1433']
clients:
  - path: services/billing/**
    runs-on: Windows Server 2012 R2
    runtime: .NET Framework 4.0
    connects-to: [orders]
    configured-by: [infra/clients.reg]
  - name: warehouse-etl                        # declared here, its code lives elsewhere
    driver: ODBC Driver 17 for SQL Server 17.4
    runs-on: Ubuntu 20.04
    connection: Server=sql-orders.example.com;Encrypt=yes
rules:
  dhe-enabled: warning
  encryption-optional: off
fail-on: notice
extends: [nist-sp-800-52r2]
exclude: [examples/**]
suppressions:
  # The server goes away with the application.
  - path: legacy/**
    rule: driver-end-of-support
    reason: decommissioned in Q2, OPS-1412
    expires: 2027-06-30
`;

export interface InvalidSample {
  readonly title: string;
  readonly text: string;
  /** `line:column message` */
  readonly problems: readonly string[];
}

const sample = (title: string, text: string, ...problems: readonly string[]): InvalidSample => ({
  title,
  text,
  problems,
});

/** Wrong by their shape: the JSON Schema refuses them too. */
export const INVALID_BY_SHAPE: readonly InvalidSample[] = [
  sample('empty', '', '1:1 the policy file is empty; expected `version: 1`'),
  sample('only comments', '# nothing\n', '1:1 the policy file is empty; expected `version: 1`'),
  sample(
    'a list',
    '- version: 1\n',
    '1:1 the policy file is a list; expected a map with `version`, `targets`, `clients`, `rules`, `fail-on`, `extends`, `require`, `forbid`, `exclude`, `end-of-life-systems` or `suppressions`',
  ),
  sample('no version', 'rules: {}\n', '1:1 the policy file has no `version`; expected `version: 1`'),
  sample('version 2', 'version: 2\n', '1:10 unknown version `2`; expected `version: 1`'),
  sample('version as text', "version: '1'\n", '1:10 `version` is not a number; expected `version: 1`'),
  sample(
    'unknown key',
    'version: 1\ntarget: {}\n',
    '2:1 unknown key `target` in the policy file; did you mean `targets`?',
  ),
  sample(
    'unknown key, nothing near',
    'version: 1\nlevel: error\n',
    '2:1 unknown key `level` in the policy file; expected `version`, `targets`, `clients`, `rules`, `fail-on`, `extends`, `require`, `forbid`, `exclude`, `end-of-life-systems` or `suppressions`',
  ),
  sample(
    'nothing after a key',
    'version: 1\ntargets:\nrules: {}\n',
    '2:1 `targets` is empty; expected a map of target names',
  ),
  sample(
    'targets as a list',
    'version: 1\ntargets:\n  - orders\n',
    '3:3 `targets` is a list; expected a map of target names',
  ),
  sample(
    'target as text',
    'version: 1\ntargets:\n  orders: sql01\n',
    '3:11 `orders` is text; expected a map with `endpoint` or `container`',
  ),
  sample(
    'target with neither endpoint nor container',
    'version: 1\ntargets:\n  orders: { aliases: [] }\n',
    '3:3 `orders` has neither `endpoint` nor `container`; expected one of them',
  ),
  sample(
    'target with both',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    container: { image: sql }\n',
    '5:5 `a` has both `endpoint` and `container`; expected one of them',
  ),
  sample(
    'container as text',
    'version: 1\ntargets:\n  a: { container: mcr.microsoft.com/mssql/server }\n',
    '3:19 `container` is text; expected a map with `image`',
  ),
  sample(
    'container without image',
    'version: 1\ntargets:\n  a: { container: { mssql-conf: mssql.conf } }\n',
    '3:8 `container` has no `image`; a container needs it',
  ),
  sample(
    'container with an unknown key',
    'version: 1\ntargets:\n  a: { container: { image: sql, mssql.conf: a } }\n',
    '3:33 unknown key `mssql.conf` in a container; did you mean `mssql-conf`?',
  ),
  sample(
    'image that is an option of docker',
    'version: 1\ntargets:\n  a: { container: { image: --privileged } }\n',
    '3:28 `--privileged` is not an image; expected an image reference such as `mcr.microsoft.com/mssql/server:2022-latest`',
  ),
  sample(
    'image as a number',
    'version: 1\ntargets:\n  a: { container: { image: 2022 } }\n',
    '3:28 `image` is a number; expected an image reference such as `mcr.microsoft.com/mssql/server:2022-latest`',
  ),
  sample(
    'mssql-conf outside',
    'version: 1\ntargets:\n  a: { container: { image: sql, mssql-conf: ../mssql.conf } }\n',
    '3:45 `../mssql.conf` is no path of a file inside the checked folder',
  ),
  sample(
    'mssql-conf from the root',
    'version: 1\ntargets:\n  a: { container: { image: sql, mssql-conf: /etc/passwd } }\n',
    '3:45 `/etc/passwd` begins with `/`; expected a path relative to the checked folder',
  ),
  sample(
    'mssql-conf with a backslash',
    'version: 1\ntargets:\n  a: { container: { image: sql, mssql-conf: infra\\mssql.conf } }\n',
    '3:45 `infra\\mssql.conf` has a `\\`; paths are written with `/`',
  ),
  sample(
    'endpoint with a colon',
    'version: 1\ntargets:\n  orders:\n    endpoint: sql01:1433\n',
    '4:15 `sql01:1433` is not an endpoint; did you mean `sql01,1433`?',
  ),
  sample(
    'endpoint with a path',
    'version: 1\ntargets:\n  orders:\n    endpoint: sql01/db\n',
    '4:15 `sql01/db` is not an endpoint; expected `host`, `host,port` or `host\\instance`, or `lab:profile`; a port is 1 to 65535',
  ),
  sample(
    'endpoint as a number',
    'version: 1\ntargets:\n  orders:\n    endpoint: 1433\n',
    '4:15 `endpoint` is a number; expected `host`, `host,port` or `host\\instance`, or `lab:profile`',
  ),
  sample(
    'alias that is a lab',
    'version: 1\ntargets:\n  a: { endpoint: b, aliases: [lab:sql-server-2019] }\n',
    '3:31 `lab:sql-server-2019` is not an endpoint; expected `host`, `host,port` or `host\\instance`; a port is 1 to 65535',
  ),
  sample(
    'server as text',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    server: SQL Server 2016\n',
    '5:13 `server` is text; expected a map with `product`, `os` or `protocols`',
  ),
  sample(
    'product as a number',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    server: { product: 2016 }\n',
    '5:24 `product` is a number; expected text such as `SQL Server 2016 SP2`; put it in quotes',
  ),
  sample(
    'protocol without its space',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    server: { protocols: [TLS1.2] }\n',
    '5:27 unknown protocol `TLS1.2`; did you mean `TLS 1.2`?',
  ),
  sample(
    'protocol as a number',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    server: { protocols: [1.2] }\n',
    '5:27 a protocol is a number; expected `SSL 3.0`, `TLS 1.0`, `TLS 1.1`, `TLS 1.2` or `TLS 1.3`',
  ),
  sample(
    'protocols as text',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    planned: { protocols: TLS 1.2 }\n',
    '5:27 `protocols` is text; expected a list of protocols such as `[TLS 1.2]`',
  ),
  sample(
    'no protocols at all',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    planned: { protocols: [] }\n',
    '5:16 `protocols` is an empty list; expected at least one protocol',
  ),
  sample(
    'a plan that changes nothing',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    planned: { from: 2027-03-01 }\n',
    '5:5 a planned server changes nothing; expected `protocols`, `suites`, `without`, `strict` or `certificate`',
  ),
  sample(
    'a plan with a key exchange nobody knows',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    planned: { without: [dh] }\n',
    '5:26 unknown key exchange `dh`; did you mean `dhe`?',
  ),
  sample(
    'a login to a container',
    'version: 1\ntargets:\n  a:\n    container: { image: sql }\n    login: { user: U, password: P }\n',
    '5:5 `login` stands beside `container`, whose password is made up for the run; expected it beside `endpoint`',
  ),
  sample(
    'a login without a password',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    login: { user: SQL_USER }\n',
    '5:5 `login` has no `password`; a login needs it',
  ),
  sample(
    'a password instead of the name of a variable: not repeated',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    login: { user: SQL_USER, password: "P@ss w0rd!" }\n',
    '5:41 `password` of a login is no name of an environment variable; expected letters, digits and `_` such as `SQL_PASSWORD`, never the value itself',
  ),
  sample(
    'a number as a password: not repeated',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    login: { user: SQL_USER, password: 8675309 }\n',
    '5:40 `password` is a number; expected the name of an environment variable such as `SQL_PASSWORD`',
  ),
  sample(
    'trust as text',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    login: { user: U, password: P, trust-server-certificate: "yes" }\n',
    '5:62 `trust-server-certificate` is text; expected `true` or `false`',
  ),
  sample(
    'day that does not exist',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    planned: { protocols: [TLS 1.2], from: 2027-02-30 }\n',
    '5:44 `2027-02-30` is not a day of the calendar',
  ),
  sample(
    'date in words',
    'version: 1\ntargets:\n  a:\n    endpoint: b\n    planned: { protocols: [TLS 1.2], from: 1 March 2027 }\n',
    '5:44 `1 March 2027` is not a date; expected year-month-day such as `2027-03-01`',
  ),
  sample(
    'clients as a map',
    'version: 1\nclients: { etl: {} }\n',
    '2:10 `clients` is a map; expected a list of clients, each with `path` or `name`',
  ),
  sample(
    'client as text',
    'version: 1\nclients:\n  - etl\n',
    '3:5 this client is text; expected a map with `path`, `name`, `driver`, `connection`, `runs-on`, `runtime`, `connects-to` or `configured-by`',
  ),
  sample(
    'client with neither',
    'version: 1\nclients:\n  - runs-on: Ubuntu 20.04\n',
    '3:5 this client has neither `path` nor `name`; expected one of them',
  ),
  sample(
    'client with both',
    'version: 1\nclients:\n  - name: etl\n    driver: jTDS 1.3\n    path: a/**\n',
    '5:5 this client has both `path` and `name`; expected `path` for clients found there, or `name` to declare one',
  ),
  sample(
    'client with both and no driver',
    'version: 1\nclients:\n  - path: a/**\n    name: etl\n',
    '4:5 this client has both `path` and `name`; expected `path` for clients found there, or `name` to declare one',
  ),
  sample(
    'client without driver',
    'version: 1\nclients:\n  - name: etl\n',
    '3:5 this client has no `driver`; a client with `name` needs it',
  ),
  sample(
    'path client with driver',
    'version: 1\nclients:\n  - path: a/**\n    driver: jTDS 1.3\n',
    '4:5 `driver` belongs to a client with `name`; this one has `path`',
  ),
  sample(
    'unknown key in a client',
    'version: 1\nclients:\n  - path: a/**\n    connect-to: []\n',
    '4:5 unknown key `connect-to` in a client; did you mean `connects-to`?',
  ),
  sample(
    'configured-by as text',
    'version: 1\ntargets:\n  a: { endpoint: b, configured-by: infra/a.reg }\n',
    '3:36 `configured-by` is text; expected a list such as `[infra/hardening.reg]`',
  ),
  sample(
    'configured-by outside',
    'version: 1\nclients:\n  - path: a/**\n    configured-by: [../a.reg]\n',
    '4:21 `../a.reg` is no path inside the checked folder; `**` matches all of it',
  ),
  sample(
    'connects-to as text',
    'version: 1\ntargets: { a: { endpoint: b } }\nclients:\n  - path: a/**\n    connects-to: a\n',
    '5:18 `connects-to` is text; expected a list such as `[a]`',
  ),
  sample(
    'unquoted version',
    'version: 1\nclients:\n  - path: a/**\n    runtime: 8.0\n',
    '4:14 `runtime` is a number; expected text such as `.NET Framework 4.7.2`; put it in quotes',
  ),
  sample(
    'glob from the root',
    'version: 1\nexclude: [/examples/**]\n',
    '2:11 `/examples/**` begins with `/`; expected a path relative to the checked folder',
  ),
  sample(
    'glob with backslashes',
    'version: 1\nexclude: [examples\\net40]\n',
    '2:11 `examples\\net40` has a `\\`; paths are written with `/`',
  ),
  sample(
    'negated glob',
    "version: 1\nexclude: ['!examples/**']\n",
    '2:12 `!examples/**` begins with `!`; expected what to match, a glob cannot be negated here',
  ),
  sample(
    'glob outside',
    'version: 1\nexclude: [../other]\n',
    '2:11 `../other` is no path inside the checked folder; `**` matches all of it',
  ),
  sample(
    'unknown level',
    'version: 1\nrules:\n  dhe-enabled: warnings\n',
    '3:16 unknown level `warnings`; did you mean `warning`?',
  ),
  sample(
    'unknown level, nothing near',
    'version: 1\nrules:\n  dhe-enabled: high\n',
    '3:16 unknown level `high`; expected `error`, `warning`, `notice` or `off`',
  ),
  sample(
    'level as false',
    'version: 1\nrules:\n  dhe-enabled: false\n',
    '3:16 `dhe-enabled` is true or false; expected `error`, `warning`, `notice` or `off`',
  ),
  sample('fail-on', 'version: 1\nfail-on: nevr\n', '2:10 unknown level `nevr`; did you mean `never`?'),
  sample(
    'extends as text',
    'version: 1\nextends: nist-sp-800-52r2\n',
    '2:10 `extends` is text; expected a list such as `[nist-sp-800-52r2]`',
  ),
  sample(
    'suppression without reason',
    'version: 1\nsuppressions:\n  - rule: dhe-enabled\n',
    '3:5 this suppression has no `reason`; a suppression needs it',
  ),
  sample(
    'suppression with a blank reason',
    "version: 1\nsuppressions:\n  - rule: dhe-enabled\n    reason: ' '\n",
    '4:5 `reason` is empty; expected text such as `decommissioned in June, OPS-1412`',
  ),
  sample(
    'several at once',
    'version: 1\nfail-on: off\nclients:\n  - name: 7\n    colour: red\n',
    '2:10 unknown level `off`; expected `error`, `warning`, `notice` or `never`',
    '4:5 this client has no `driver`; a client with `name` needs it',
    '4:11 `name` is a number; expected text such as `warehouse-etl`; put it in quotes',
    '5:5 unknown key `colour` in a client; expected `path`, `name`, `driver`, `connection`, `runs-on`, `runtime`, `connects-to` or `configured-by`',
  ),
];

/** Wrong as YAML, or by names that stand elsewhere: a JSON Schema cannot say it. */
export const INVALID_BY_NAMES: readonly InvalidSample[] = [
  sample(
    'unclosed quote',
    'version: 1\nfail-on: "error\n',
    '3:1 this is not valid YAML: Missing closing "quote',
  ),
  sample(
    'tab as indentation',
    'version: 1\nrules:\n\tdhe-enabled: off\n',
    '3:1 this is not valid YAML: a tab in the indentation; YAML takes only spaces there',
  ),
  sample(
    'two keys on one line',
    'version: 1\nclients:\n  - name: a: b\n',
    '3:11 this is not valid YAML: a second `: ` on one line; put the value in quotes, or the inner key on its own line',
  ),
  sample(
    'unknown tag',
    'version: 1\nfail-on: !level error\n',
    '2:10 this is not valid YAML: a tag (`!…`) that is not known here; put text that begins with `!` in quotes',
  ),
  sample(
    'alias without anchor',
    'version: 1\nfail-on: *level\n',
    '2:10 the alias `*level` has no anchor before it',
  ),
  sample(
    'two documents',
    'version: 1\n---\nversion: 1\n',
    '2:1 a second YAML document begins here; expected one',
  ),
  sample(
    'key that is a list',
    'version: 1\n[a]: 2\n',
    '2:1 this is not valid YAML: a key that is a list or a map; expected text',
  ),
  sample(
    'merge key',
    'version: 1\nrules: &r {}\n<<: *r\n',
    '3:1 unknown key `<<` in the policy file; expected `version`, `targets`, `clients`, `rules`, `fail-on`, `extends`, `require`, `forbid`, `exclude`, `end-of-life-systems` or `suppressions`',
  ),
  sample(
    'duplicate key',
    'version: 1\nrules: {}\nrules: {}\n',
    '3:1 duplicate key `rules`: on line 3, and before on line 2',
  ),
  sample(
    'duplicate target',
    'version: 1\ntargets:\n  a: { endpoint: b }\n  a: { endpoint: c }\n',
    '4:3 duplicate target `a`: on line 4, and before on line 3',
  ),
  sample(
    'duplicate rule',
    'version: 1\nrules:\n  dhe-enabled: off\n  dhe-enabled: error\n',
    '4:3 duplicate rule `dhe-enabled`: on line 4, and before on line 3',
  ),
  sample(
    'duplicate client name',
    'version: 1\nclients:\n  - { name: etl, driver: jTDS 1.3 }\n  - { name: etl, driver: jTDS 1.3 }\n',
    '4:13 duplicate client name `etl`: on line 4, and before on line 3',
  ),
  sample(
    'unknown rule',
    'version: 1\nrules:\n  dhe-enable: off\n',
    '3:3 unknown rule `dhe-enable`; did you mean `dhe-enabled`?',
  ),
  sample(
    'unknown rule, nothing near',
    'version: 1\nsuppressions:\n  - { rule: all, reason: noise }\n',
    '3:13 unknown rule `all`; expected `dhe-enabled`, `driver-end-of-support`, `encryption-optional` or `weak-certificate-hash`',
  ),
  sample(
    'unknown lab profile',
    'version: 1\ntargets:\n  a: { endpoint: lab:sql-server-2109 }\n',
    '3:18 unknown lab profile `sql-server-2109`; did you mean `sql-server-2019`? Expected `sql-server-2014-rtm` or `sql-server-2019`',
  ),
  sample(
    'unknown lab profile, nothing near',
    'version: 1\ntargets:\n  a: { endpoint: lab:oracle }\n',
    '3:18 unknown lab profile `oracle`; expected `sql-server-2014-rtm` or `sql-server-2019`',
  ),
  sample(
    'port out of range',
    "version: 1\ntargets:\n  a: { endpoint: 'sql01,99999' }\n",
    '3:19 `sql01,99999` is not an endpoint; expected `host`, `host,port` or `host\\instance`, or `lab:profile`; a port is 1 to 65535',
  ),
  sample(
    'undeclared target',
    'version: 1\ntargets: { orders: { endpoint: b } }\nclients:\n  - path: a/**\n    connects-to: [order]\n',
    '5:19 target `order` is not declared in `targets`; did you mean `orders`?',
  ),
  sample(
    'no targets at all',
    'version: 1\nclients:\n  - path: a/**\n    connects-to: [orders]\n',
    '4:19 target `orders` is not declared in `targets`, which is empty or missing',
  ),
];
