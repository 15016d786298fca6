/** The TLS settings that files declare, laid on the clients and servers that obey them. */
import { stackOfOperatingSystem, type TlsStack, tlsStack } from './catalog/tls-stacks.ts';
import type { NotChecked } from './model/check-report.ts';
import type { Client, ClientCase } from './model/client.ts';
import type { Declaration, TlsConfiguration, TlsPolicyDeclaration } from './model/declaration.ts';
import type { Placed, Policy } from './model/policy.ts';
import type { Span } from './model/span.ts';
import type { Target } from './model/target.ts';
import type { MatchGlob } from './resolve/clients.ts';
import { foldersUpFrom } from './resolve/components.ts';
import type { Resolution } from './resolve/resolve.ts';
import { appliedToHello } from './tls/policy/applied-to-hello.ts';
import { appliedToServer } from './tls/policy/applied-to-server.ts';
import type { Obeying } from './tls/policy/effect.ts';

/** Families of stacks (catalog) that read a configuration as a client. */
const READ_BY: Partial<Readonly<Record<TlsConfiguration, readonly string[]>>> = {
  schannel: ['schannel'],
  openssl: ['openssl-distro', 'dotnet'],
  'crypto-policies': ['openssl-distro', 'dotnet'],
  java: ['jdk'],
  node: ['node'],
  go: ['go'],
};

/** Configurations that decide what a SQL Server takes. */
const OF_SERVERS: ReadonlySet<TlsConfiguration> = new Set([
  'schannel',
  'sql-server',
  'azure-sql',
  'aws-rds',
  'google-cloud-sql',
]);

type Files = readonly Placed<string>[];

/** `matches`: a path against a policy's glob. */
export function configured(
  resolved: Resolution,
  declarations: readonly Declaration[],
  policy: Policy,
  matches: MatchGlob,
): Resolution {
  const settings = declarations.filter((one): one is TlsPolicyDeclaration => one.kind === 'tls-policy');
  const named = (files: Files) =>
    settings.filter(({ span }) => files.some(({ value }) => matches(value, span.file)));
  const paths = new Set(resolved.clients.map(({ path }) => path));
  const notChecked: NotChecked[] = [];
  const clients = new Map(
    resolved.clients.map((client) => {
      const beside = client.origin === 'repository' ? settings.filter(isBeside(client, paths)) : [];
      const own = new Set([...beside, ...named(filesOfClient(client, policy, matches))]);
      const { unresolved, ...laid } = onClient(client, [...own]);
      notChecked.push(...unresolved.map((reason) => note(client.name, reason, client.driverSpan)));
      return [client, { ...client, ...laid }] as const;
    }),
  );
  const targets = new Map(
    resolved.targets.map((target) => {
      const { unresolved, ...laid } = onTarget(target, named(filesOfTarget(target, policy)));
      notChecked.push(...unresolved.map((reason) => note(target.name, reason, target.span)));
      return [target, { ...target, ...laid }] as const;
    }),
  );
  const idle = [...policy.targets, ...policy.clientRules, ...policy.clients]
    .flatMap(({ configuredBy = [] }) => configuredBy)
    .filter((file) => named([file]).length === 0)
    .map(({ value, span }) =>
      note(value, `\`configured-by: ${value}\` matches no file in which a TLS setting was found`, span),
    );
  return {
    clients: [...clients.values()],
    targets: [...targets.values()],
    links: resolved.links.map(({ client, target }) => ({
      client: clients.get(client) ?? client,
      target: targets.get(target) ?? target,
    })),
    notChecked: [...resolved.notChecked, ...notChecked, ...idle],
  };
}

/** A registry file that merely lies there is a plan; the same written by a Dockerfile is what the image is. */
const isBeside = (client: Client, paths: ReadonlySet<string>) => (setting: TlsPolicyDeclaration) =>
  foldersUpFrom(setting.scope).find((folder) => paths.has(folder)) === client.path &&
  (setting.configuration !== 'schannel' ||
    /(?:^|[./])(?:Dockerfile|Containerfile)[^/]*$/i.test(setting.span.file));

function filesOfClient(client: Client, policy: Policy, matches: MatchGlob): Files {
  // What rules a server rules the connections that it makes itself.
  if (client.origin === 'server')
    return policy.targets.find(({ name }) => client.name.startsWith(`${name} (`))?.configuredBy ?? [];
  const declared =
    client.origin === 'policy'
      ? policy.clients.find(({ name }) => name === client.name)
      : policy.clientRules.find(
          ({ path }) => matches(path, client.path) || matches(path, `${client.path}/x`),
        );
  return declared?.configuredBy ?? [];
}

/** A container's mssql.conf is what it is started with, without being said twice. */
function filesOfTarget(target: Target, policy: Policy): Files {
  if (target.origin !== 'policy') return [];
  const { address, span } = target;
  const conf = address.kind === 'container' && address.mssqlConf ? [{ value: address.mssqlConf, span }] : [];
  return [...conf, ...(policy.targets.find(({ name }) => name === target.name)?.configuredBy ?? [])];
}

function onClient(client: Client, settings: readonly TlsPolicyDeclaration[]) {
  const unresolved = new Set<string>();
  const cases = client.cases.map((one): ClientCase => {
    const stack = one.stack === null ? undefined : tlsStack(one.stack);
    const own = settings.filter(({ configuration }) => READ_BY[configuration]?.includes(stack?.family ?? ''));
    if (!one.hello || own.length === 0) return one;
    const { unresolved: open, ...applied } = appliedToHello(one.hello, one.limits, own, obeying(stack));
    for (const reason of open) unresolved.add(reason);
    return { ...one, ...applied, evidence: [...one.evidence, ...applied.evidence] };
  });
  return { cases, unresolved: [...unresolved] };
}

function onTarget(target: Target, settings: readonly TlsPolicyDeclaration[]) {
  const os = target.described.os?.value;
  const stack = os === undefined ? undefined : (stackOfOperatingSystem(os) ?? undefined);
  const own = settings.filter(
    ({ configuration }) =>
      OF_SERVERS.has(configuration) &&
      (configuration !== 'schannel' || stack === undefined || stack.family === 'schannel'),
  );
  const { profile, unresolved } = appliedToServer(target.described, own, obeying(stack));
  return { described: profile, unresolved };
}

function obeying(stack: TlsStack | undefined): Obeying {
  const build = stack?.osBuild;
  return {
    oldWindows: build == null ? null : Number.parseInt(build, 10) < 10,
    securityLevel: stack?.securityLevel ?? null,
  };
}

const note = (subject: string, reason: string, { file, line }: Span): NotChecked => ({
  subject,
  reason,
  file,
  line,
});
