// `targets` of the policy file: the servers that clients connect to.
import type { Endpoint } from '../model/connection.ts';
import { parseEndpoint } from '../model/endpoint.ts';
import { isImageReference } from '../model/image.ts';
import type { Placed, PolicyServer, PolicyTarget } from '../model/policy.ts';
import { KEY_EXCHANGES } from '../model/server-change.ts';
import type { LoginVariables } from '../model/server-evidence.ts';
import type { Address } from '../model/target.ts';
import { readConnectsTo } from './client-section.ts';
import type { KnownNames } from './known-names.ts';
import type { Field, PolicyReader } from './policy-reader.ts';
import { quote } from './problems.ts';
import { alternatives, nearest } from './suggestion.ts';
import { configured, readChoices, readDay, readGlobs, readPath, readProtocols } from './values.ts';

const PLANNED = ['protocols', 'suites', 'without', 'strict', 'certificate'];
/** In the order of {@link KEY_EXCHANGES}. */
const KEY_EXCHANGE_NAMES = ['dhe', 'rsa-key-exchange'];
const LAB = /^\s*lab:\s*/;
const ENDPOINT = '`host`, `host,port` or `host\\instance`';
const ADDRESS = `${ENDPOINT}, or \`lab:profile\``;
const IMAGE = 'an image reference such as `mcr.microsoft.com/mssql/server:2022-latest`';

export interface TargetSection {
  readonly targets: readonly PolicyTarget[];
  /** Names of all targets, also of those that hold a mistake: clients may connect to them, one mistake is one problem. */
  readonly names: readonly string[];
}

export function readTargets(
  reader: PolicyReader,
  field: Field | undefined,
  known: KnownNames,
): TargetSection {
  const entries = reader.entries(field, 'a map of target names', 'target') ?? [];
  const names = entries.map(({ key }) => key);
  const targets = entries
    .map((entry) => readTarget(reader, entry, known, names))
    .filter((target) => target !== null);
  return { targets, names };
}

function readTarget(
  reader: PolicyReader,
  field: Field,
  known: KnownNames,
  targets: readonly string[],
): PolicyTarget | null {
  const keys = reader.map(field, {
    what: 'a target',
    keys: [
      'endpoint',
      'container',
      'aliases',
      'server',
      'configured-by',
      'planned',
      'login',
      'enumerate',
      'timings',
      'links-to',
      'availability-group',
    ],
    oneOf: ['endpoint', 'container'],
  });
  const endpoint = reader.string(keys?.get('endpoint'), ADDRESS);
  const found = endpoint
    ? { address: readAddress(reader, endpoint, known.labProfiles), span: endpoint.span }
    : readContainer(reader, keys?.get('container'));
  const aliases = reader
    .list(keys?.get('aliases'), 'a list of endpoints such as `[sql-orders,1433]`', 'an alias')
    .map((item) => reader.string(item, ENDPOINT))
    .map((alias) => alias && readEndpoint(reader, alias, ENDPOINT))
    .filter((alias) => alias !== null);
  const server = readServer(reader, keys?.get('server'));
  const settings = configured(readGlobs(reader, keys?.get('configured-by'), 'infra/hardening.reg'));
  const planned = readPlanned(reader, keys?.get('planned'), known.suites);
  const enumerate = reader.flag(keys?.get('enumerate')) ?? false;
  const timings = reader.flag(keys?.get('timings')) ?? false;
  const linksTo = readConnectsTo(reader, keys?.get('links-to'), targets) ?? [];
  const group = reader.text(keys?.get('availability-group'), 'orders-ag');
  const login = readLogin(reader, keys?.get('login'));
  if (keys?.get('login') && keys.get('container'))
    reader.problems.add(
      keys.get('login')?.start ?? field.start,
      '`login` stands beside `container`, whose password is made up for the run; expected it beside `endpoint`',
    );
  if (!found?.address) return null;
  const { address, span } = found;
  return {
    name: field.key,
    address,
    span,
    aliases,
    server,
    ...settings,
    planned,
    login,
    enumerate,
    timings,
    linksTo,
    availabilityGroup: group?.value ?? null,
  };
}

function readContainer(reader: PolicyReader, field: Field | undefined) {
  const keys = reader.map(field, {
    what: 'a container',
    keys: ['image', 'mssql-conf'],
    required: ['image'],
  });
  const image = reader.string(keys?.get('image'), IMAGE);
  if (image && !isImageReference(image.value))
    reader.wrong(image, () => `${quote(image.value)} is not an image; expected ${IMAGE}`);
  const mssqlConf = readPath(reader, keys?.get('mssql-conf'), 'infra/mssql.conf');
  return (
    image && { address: { kind: 'container' as const, image: image.value, mssqlConf }, span: image.span }
  );
}

function readAddress(
  reader: PolicyReader,
  endpoint: Placed<string>,
  labProfiles: readonly string[],
): Address | null {
  if (!LAB.test(endpoint.value)) {
    const network = readEndpoint(reader, endpoint, ADDRESS);
    return network && { kind: 'network', endpoint: network };
  }
  const profile = endpoint.value.replace(LAB, '').trim();
  if (!labProfiles.includes(profile))
    reader.wrong(endpoint, () => {
      const near = nearest(profile, labProfiles);
      const meant = near === null ? '; expected' : `; did you mean \`${near}\`? Expected`;
      return `unknown lab profile ${quote(profile)}${meant} ${alternatives(labProfiles)}`;
    });
  return { kind: 'lab', profile };
}

function readEndpoint(reader: PolicyReader, text: Placed<string>, expected: string): Endpoint | null {
  const endpoint = parseEndpoint(text.value);
  if (endpoint === null)
    reader.wrong(text, () => {
      const comma = text.value.trim().replace(/^([\w.-]+):(\d+)$/, '$1,$2');
      if (parseEndpoint(comma)) return `${quote(text.value)} is not an endpoint; did you mean \`${comma}\`?`;
      return `${quote(text.value)} is not an endpoint; expected ${expected}; a port is 1 to 65535`;
    });
  return endpoint;
}

function readServer(reader: PolicyReader, field: Field | undefined): PolicyServer | null {
  const keys = reader.map(field, { what: 'a server', keys: ['product', 'os', 'protocols'] });
  if (!keys) return null;
  return {
    product: reader.text(keys.get('product'), 'SQL Server 2016 SP2'),
    os: reader.text(keys.get('os'), 'Windows Server 2012 R2'),
    protocols: readProtocols(reader, keys.get('protocols')),
  };
}

function readPlanned(
  reader: PolicyReader,
  field: Field | undefined,
  suiteNames: readonly string[],
): PolicyTarget['planned'] {
  const keys = reader.map(field, {
    what: 'a planned server',
    keys: ['protocols', 'suites', 'without', 'strict', 'certificate', 'from'],
  });
  if (!field || !keys) return null;
  const protocols = readProtocols(reader, keys.get('protocols'));
  const suites = readChoices(reader, keys.get('suites'), suiteNames, 'cipher suite');
  const without = readChoices(reader, keys.get('without'), KEY_EXCHANGE_NAMES, 'key exchange');
  const strict = reader.flag(keys.get('strict')) ?? false;
  const certificateFile = readPath(reader, keys.get('certificate'), 'infra/sql-orders.pem');
  if (!PLANNED.some((key) => keys.get(key)))
    reader.problems.add(field.start, `a planned server changes nothing; expected ${alternatives(PLANNED)}`);
  return {
    change: {
      ...(protocols && { protocols }),
      ...(suites && { suites }),
      ...(without && {
        without: KEY_EXCHANGES.filter((_, at) => without.includes(KEY_EXCHANGE_NAMES[at] ?? '')),
      }),
      ...(strict && { strict }),
    },
    certificateFile,
    from: readDay(reader, keys.get('from')),
    span: reader.spanOf(field),
  };
}

function readLogin(reader: PolicyReader, field: Field | undefined): LoginVariables | null {
  const keys = reader.map(field, {
    what: 'a login',
    keys: ['user', 'password', 'trust-server-certificate'],
    required: ['user', 'password'],
  });
  const user = readVariable(reader, keys?.get('user'));
  const password = readVariable(reader, keys?.get('password'));
  const trust = reader.flag(keys?.get('trust-server-certificate'));
  if (user === null || password === null) return null;
  return { user, password, trustServerCertificate: trust ?? false };
}

/** The name of an environment variable. What stands there instead could be a password, so no message repeats it. */
function readVariable(reader: PolicyReader, field: Field | undefined): string | null {
  const text = reader.string(field, 'the name of an environment variable such as `SQL_PASSWORD`');
  if (!text) return null;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(text.value))
    reader.wrong(
      text,
      `\`${field?.key}\` of a login is no name of an environment variable; expected letters, digits and \`_\` such as \`SQL_PASSWORD\`, never the value itself`,
    );
  return text.value;
}
