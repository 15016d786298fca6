/** What was seen on the wire, as a profile: every field `observed`. */
import type { Evidence, Fact } from '../model/evidence.ts';
import type { HelloAnswer, Observation } from '../model/observation.ts';
import type { Protocol } from '../model/protocol.ts';
import type { ServerLogin } from '../model/server-evidence.ts';
import type { ProtocolSupport, ServerProfile } from '../model/server-profile.ts';
import { alertName } from '../tls/names.ts';

export function profileOf(seen: Observation): ServerProfile {
  const { prelogin, protocols, certificates, hellos, enumerated, strict, login, timings } = seen;
  const supported: Partial<Record<Protocol, Fact<ProtocolSupport>>> = {};
  for (const { version, answer } of protocols) {
    const fact = support(version, answer);
    if (fact) supported[version] = fact;
  }
  const [leaf] = certificates;
  return {
    protocols: supported,
    answers: hellos,
    ...factsOf(login),
    ...(prelogin.state === 'answered' && {
      build: fact(prelogin.version, `PRELOGIN says version ${prelogin.version}`),
      encryption: fact(prelogin.encryption, `PRELOGIN answers ENCRYPT_${prelogin.encryption}`),
    }),
    ...(enumerated && {
      suites: fact(
        { names: enumerated.names, order: enumerated.order ?? 'server' },
        `asked one after the other, the server takes ${counted(enumerated.names)} in ${enumerated.version}`,
      ),
    }),
    ...(strict === true &&
      prelogin.state === 'rejected' && {
        forceStrict: fact(
          true,
          'the server closed on PRELOGIN and answered a connection that begins with TLS',
        ),
      }),
    ...(strict !== null && {
      strict: fact(
        strict,
        strict
          ? 'the server answered a connection that begins with TLS'
          : 'the server refused a connection that begins with TLS',
      ),
    }),
    ...(timings && {
      shortOfWorkers: fact(
        timings.hint !== null,
        timings.hint?.statement ?? `${timings.connections} timed connections did not wait`,
      ),
    }),
    ...(leaf && {
      certificate: fact(
        leaf,
        `the server sent a certificate signed with ${leaf.signatureHash ?? leaf.signatureOid}`,
      ),
    }),
  };
}

/** What a login was told; of the build, PRELOGIN's word stands where there is one. */
function factsOf(login: ServerLogin | undefined): Pick<ServerProfile, 'build' | 'os'> {
  const build = login?.evidence?.product?.build ?? null;
  const host = login?.evidence?.host ?? null;
  return {
    ...(build !== null && { build: fact(build, `the server told a login that it is build ${build}`) }),
    ...(host && {
      os: fact(host.distribution, `the server told a login that it runs on ${host.distribution}`),
    }),
  };
}

/** Silence says nothing: such a version stays unknown. */
function support(version: Protocol, answer: HelloAnswer): Fact<ProtocolSupport> | null {
  if (answer.state === 'no-answer') return null;
  if (answer.state === 'rejected')
    return fact(
      'rejected',
      `the server ${refusal(answer)} after a ${version} hello that offered every suite`,
    );
  return answer.protocol === version
    ? fact('accepted', `the server answered a ${version} hello with ${answer.suite}`)
    : fact('rejected', `the server answered a ${version} hello with ${answer.protocol}`);
}

function refusal({ rejection, alert }: HelloAnswer & { state: 'rejected' }): string {
  if (rejection === 'reset') return 'reset the connection';
  if (rejection === 'close') return 'closed the connection';
  return `sent alert ${alert ?? '?'}${alert === null ? '' : ` (${alertName(alert) ?? 'unknown'})`}`;
}

function fact<T>(value: T, statement: string): Fact<T> {
  const evidence: Evidence = { strength: 'observed', statement };
  return { value, evidence };
}

const counted = ({ length }: readonly string[]) => `${length} ${length === 1 ? 'suite' : 'suites'}`;
