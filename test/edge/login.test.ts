// A login from the policy file to the report: `check` and `probe`, against a lab server on a port of its own.
import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { LoginSurroundings, Reach } from '../../src/edge/arrival.ts';
import { prober } from '../../src/edge/prober.ts';
import { runCheck } from '../../src/edge/run-check.ts';
import { mintCertificate } from '../../src/lab/certificates.ts';
import type { LabSession } from '../../src/lab/lab-session.ts';
import { labProfile } from '../../src/lab/profiles.ts';
import { startLab } from '../../src/lab/server.ts';
import { renderWorkflowCommands } from '../../src/report/github.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { folderOf, removeFolders } from '../end-to-end/folders.ts';

const ENVIRONMENT = { SQL_USER: 'canary-user-77aa', SQL_PASSWORD: 'canary-pass-31fe' };
const CANARIES = Object.values(ENVIRONMENT);
const VARIABLES = { user: 'SQL_USER', password: 'SQL_PASSWORD', trustServerCertificate: true };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  removeFolders();
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function lab(name: string, session?: LabSession) {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  const events: string[] = [];
  const running = await startLab(session ? { ...profile, session } : profile, {
    onEvent: (line) => events.push(line),
  });
  closing.push(() => running.close());
  return { ...running, events };
}

function reach(given: Partial<LoginSurroundings> = {}, refuse: Reach['refuse'] = () => null) {
  const lines: string[] = [];
  const secrets: string[] = [];
  const surroundings: LoginSurroundings = {
    environment: ENVIRONMENT,
    nodeVersion: '24.1.0',
    onSecret: (secret) => secrets.push(secret),
    ...given,
  };
  const all: Reach = { refuse, log: (line) => lines.push(line), deadlineMs: 5000, surroundings };
  return { all, lines, secrets };
}

async function check(endpoint: string, { all }: ReturnType<typeof reach>, login = 'true') {
  const path = folderOf({
    'mssql-tls-preflight.yml': [
      'version: 1',
      'targets:',
      '  orders:',
      `    endpoint: ${endpoint}`,
      `    login: { user: SQL_USER, password: SQL_PASSWORD, trust-server-certificate: ${login} }`,
    ].join('\n'),
  });
  const run = await runCheck({ path, policyFile: null, failOn: null, reach: all, today: '2026-11-23' });
  if ('complaint' in run) throw new Error(run.complaint.join('\n'));
  const { report, context } = run.checked;
  const [target] = report.targets;
  if (!target) throw new Error('no target');
  const style = { color: false, width: 100 };
  const page = renderTerminal(report, context, style);
  const printed = [
    page,
    renderSummary(report, context),
    renderWorkflowCommands(report),
    renderJson(report),
  ].join('\n');
  return { target, report, page, printed };
}

describe('check', () => {
  test('logs in after the scan: evidence in the report, secrets nowhere, the password masked first', async () => {
    const server = await lab('sql-server-2022');
    const asked = reach();
    const { target, page, printed } = await check(`127.0.0.1,${server.port}`, asked);
    expect(target.login).toMatchObject({ state: 'accepted', evidence: { workers: { maxWorkers: 512 } } });
    expect(page).toContain(
      'orders: build 16.0.4195.1 on Windows Server 2022 Standard (build 20348), session encrypted',
    );
    expect(page.replace(/\s+/g, ' ')).toContain('4 records of the last 4 minutes, 3 with error 10054');
    expect(asked.secrets).toEqual([ENVIRONMENT.SQL_PASSWORD]);
    expect(asked.lines).toContainEqual(`127.0.0.1,${server.port}: logged in`);
    for (const canary of CANARIES)
      expect([...asked.lines, ...server.events, printed].join('\n')).not.toContain(canary);
  });

  test('the login is one more connection, and no variable means none', async () => {
    const server = await lab('sql-server-2022');
    const endpoint = `127.0.0.1,${server.port}`;
    const [withLogin, without] = [
      await check(endpoint, reach()),
      await check(endpoint, reach({ environment: {} })),
    ];
    expect(withLogin.target.connections).toBe(without.target.connections + 1);
    expect(without.target.login).toEqual({
      state: 'not-asked',
      reason: 'the environment variables for the user and the password are not set',
      evidence: null,
    });
    expect(without.report.notChecked).toContainEqual(
      expect.objectContaining({
        subject: 'orders',
        reason: 'login: the environment variables for the user and the password are not set',
      }),
    );
  });

  test('a lab target: the report is the same in each process', async () => {
    const { target } = await check('lab:sql-server-2022', reach());
    expect(target.login?.evidence?.certificate).toEqual({
      seen: null,
      configured: null,
      relation: 'as configured',
      forceEncryption: false,
      forceStrict: false,
    });
  });

  test.each([
    [{ SQL_USER: 'u' }, 'the environment variable for the password is not set'],
    [{ SQL_USER: '', SQL_PASSWORD: 'p' }, 'the environment variable for the user is not set'],
  ])('%o', async (environment, reason) => {
    const { target } = await check('lab:sql-server-2022', reach({ environment }));
    expect(target.login).toMatchObject({ state: 'not-asked', reason });
  });

  test('on Node 20 a sentence, and everything else', async () => {
    const { target } = await check('lab:sql-server-2022', reach({ nodeVersion: '20.19.0' }));
    expect(target.login).toMatchObject({
      state: 'not-asked',
      reason: 'it needs Node 22 or later, and this is 20.19.0; everything else works here',
    });
    expect(target.certificate).not.toBeNull();
  });

  test('a refused login, a certificate that is not trusted: not checked, with the reason', async () => {
    const refusing = await lab('sql-server-2022', { refuses: 18456 });
    const asked = reach();
    const { report, printed } = await check(`127.0.0.1,${refusing.port}`, asked);
    const reasons = report.notChecked.map(({ reason }) => reason);
    expect(reasons).toContainEqual(
      'login: the server refused the login with error 18456: the user or the password is wrong, or this user may not log in',
    );
    for (const canary of CANARIES) expect([printed, ...asked.lines].join('\n')).not.toContain(canary);
    const careful = await check('lab:sql-server-2022', reach(), 'false');
    expect(careful.target.login).toMatchObject({
      state: 'not-asked',
      reason: expect.stringMatching(/cannot be verified .*password was not sent/),
    });
  });

  test.each([
    ['an endpoint that must not be dialled', '127.0.0.1,1'],
    ['a link-local address', '169.254.1.1,1433'],
  ])('%s is not logged in to', async (_, endpoint) => {
    const asked = reach({}, (address) =>
      address.kind === 'network' && address.endpoint.port === 1 ? 'not probed: --offline' : null,
    );
    const { target } = await check(endpoint, asked);
    expect(target.login).toBeNull();
    expect(asked.secrets).toEqual([]);
  });

  test('a server that is silent is sent no password', async () => {
    const asked = reach();
    const { target } = await check('lab:closing', asked);
    expect(target.login).toMatchObject({
      state: 'not-asked',
      reason: 'the server did not answer PRELOGIN',
    });
    expect(asked.secrets).toEqual([]);
  });
});

describe('probe', () => {
  const probe = async (profile: string, login: typeof VARIABLES | null, timings: number | null = null) => {
    const options = { simulate: false, timings, deep: false, login };
    const found = await prober(reach().all, options)({ kind: 'lab', profile }, `lab:${profile}`);
    if (!('endpoint' in found)) throw new Error(found.reason);
    return found;
  };

  test('a login when asked, null otherwise', async () => {
    const [asked, unasked] = [
      await probe('sql-server-2022', VARIABLES),
      await probe('sql-server-2022', null),
    ];
    expect(unasked.login).toBeNull();
    expect(asked.login).toMatchObject({
      state: 'accepted',
      evidence: { product: { build: '16.0.4195.1' } },
    });
    expect(asked.connections).toBe(unasked.connections + 1);
  });

  test('its time stands with the other times, where they are asked', async () => {
    const { timings } = await probe('sql-server-2022', VARIABLES, 2);
    expect(timings?.serverHello.count).toBe(2);
    expect(timings?.login).toMatchObject({ count: 1, p50: expect.any(Number) });
    expect((await probe('sql-server-2022', null, 2)).timings?.login).toBeNull();
  });

  test('--ca and --host-name-in-certificate hold for the login', async () => {
    const profile = labProfile('sql-server-2022-force-strict');
    if (!profile) throw new Error('no lab profile');
    const PEM = /-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g;
    const sent = mintCertificate(profile.certificate).chain.match(PEM) ?? [];
    const ca = { certificates: sent.map((pem) => new X509Certificate(pem)), from: 'the lab' };
    const careful = { ...VARIABLES, trustServerCertificate: false };
    const asked = async (hostName: string) => {
      const certificate = { ca, hostName };
      const options = { simulate: false, timings: null, deep: false, login: careful, certificate };
      const found = await prober(reach().all, options)({ kind: 'lab', profile: profile.name }, 'lab');
      return 'endpoint' in found ? found.login : null;
    };
    expect(await asked('sql.contoso.example')).toMatchObject({ state: 'accepted' });
    expect(await asked('other.elsewhere.example')).toMatchObject({
      state: 'not-asked',
      reason: expect.stringMatching(/ERR_TLS_CERT_ALTNAME_INVALID/),
    });
  });

  test('a server that forces TDS 8.0 is logged in to that way', async () => {
    const { login } = await probe('sql-server-2022-force-strict', VARIABLES);
    expect(login?.reason).toMatch(/Encrypt=Strict takes no other/);
  });
});
