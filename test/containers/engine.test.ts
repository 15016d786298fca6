// Container targets against a real Docker engine, with an image made here. Skipped, and said, where there is no engine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Reach } from '../../src/edge/arrival.ts';
import { atContainer } from '../../src/edge/container.ts';
import { LABEL } from '../../src/edge/docker-text.ts';
import { folderOf, removeFolders } from '../end-to-end/folders.ts';
import { NODES, run } from '../end-to-end/run.ts';
import { buildImages, docker, imageOf, type Mode, noEngine, removeImages } from './image.ts';
import { startRegistry } from './registry.ts';

const MODES: readonly Mode[] = ['serve', 'memory', 'chatty', 'mute'];
const LIMIT_MS = 60_000;
const CLI = 'dist/cli.js';
/** The engine of this test run, for the command too. */
const env = Object.fromEntries(
  ['DOCKER_HOST', 'DOCKER_CONTEXT'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
);
const obstacle = noEngine();
const left = () => docker('ps', '--all', '--quiet', '--filter', `label=${LABEL}`);
const reach: Reach = { refuse: () => null, log: () => {}, deadlineMs: 5000 };
const at = (mode: Mode) => ({ kind: 'container', image: imageOf(mode), mssqlConf: null }) as const;

(obstacle === null ? describe : describe.skip)(
  `container targets${obstacle ? ` (skipped: ${obstacle})` : ''}`,
  () => {
    beforeAll(() => buildImages(MODES), 2 * LIMIT_MS);
    afterAll(() => {
      removeImages(MODES);
      removeFolders();
    }, LIMIT_MS);

    test(
      'check: each is started with its mssql.conf, asked, and removed',
      async () => {
        const image = imageOf('serve');
        const folder = folderOf({
          'infra/mssql.conf': '[network]\ntlsprotocols = 1.0\n',
          'mssql-tls-preflight.yml': `version: 1
targets:
  today:
    container: { image: ${image} }
    aliases: ['localhost,1433']
  hardened-the-wrong-way:
    container: { image: ${image}, mssql-conf: infra/mssql.conf }
    aliases: [sql-old]
clients:
  - name: api
    driver: ODBC Driver 18 for SQL Server 18.3
    runs-on: Ubuntu 22.04
    connection: Server=localhost,1433;Encrypt=yes;TrustServerCertificate=yes
  - name: report
    driver: ODBC Driver 18 for SQL Server 18.3
    runs-on: Ubuntu 22.04
    connection: Server=sql-old;Encrypt=yes;TrustServerCertificate=yes
`,
        });
        const { code, stdout, stderr } = await run(CLI, ['check', folder, '--format', 'json'], { env });
        const { pairs, targets, notChecked } = JSON.parse(stdout);
        expect([code, stderr, notChecked]).toEqual([1, '', []]);
        expect(targets).toMatchObject([
          { name: 'today', endpoint: `container:${image}` },
          { name: 'hardened-the-wrong-way', endpoint: `container:${image}` },
        ]);
        expect(pairs).toMatchObject([
          { client: 'api', target: 'today', outcome: 'connects', protocol: 'TLS 1.2' },
          { client: 'report', target: 'hardened-the-wrong-way', outcome: 'fails', scenario: 1 },
        ]);
        expect(left()).toBe('');
      },
      LIMIT_MS,
    );

    test(
      'probe: the whole answer, with no trace of the port',
      async () => {
        const endpoint = `container:${imageOf('serve')}`;
        const { code, stdout, stderr } = await run(CLI, ['probe', endpoint, '--format', 'json'], { env });
        expect([code, stderr]).toEqual([0, '']);
        const [target] = JSON.parse(stdout).targets;
        expect(target).toMatchObject({ endpoint, prelogin: { version: '15.0.4430', encryption: 'ON' } });
        expect(target.protocols).toContainEqual(
          expect.objectContaining({ version: 'TLS 1.2', state: 'accepted' }),
        );
        expect(left()).toBe('');
      },
      LIMIT_MS,
    );

    test(
      'the action runs it as well',
      async () => {
        const folder = folderOf({
          output: '',
          'repository/mssql-tls-preflight.yml': `version: 1\ntargets:\n  ci:\n    container: { image: ${imageOf('serve')} }\n`,
        });
        const { code, stdout } = await run('dist/action.js', [], {
          env: {
            ...env,
            GITHUB_WORKSPACE: `${folder}/repository`,
            GITHUB_OUTPUT: `${folder}/output`,
            GITHUB_EVENT_NAME: 'push',
          },
        });
        expect(code).toBe(0);
        expect(stdout).toMatch(
          /^container:\S+: mssql-tls-preflight-\w+ is started with ACCEPT_EULA=Y on 127/m,
        );
        expect(stdout).toMatch(/^127\.0\.0\.1,\d+: TLS 1\.2, every suite: TLS 1\.2 TLS_ECDHE/m);
        expect(stdout).toMatch(/^container:\S+: mssql-tls-preflight-\w+ is removed$/m);
        expect(left()).toBe('');
      },
      LIMIT_MS,
    );

    test.each(['SIGINT', 'SIGTERM'] as const)(
      '%s while it starts: removed, and the password was nowhere',
      async (signal) => {
        const child = spawn(NODES[24], [CLI, 'probe', `container:${imageOf('mute')}`, '--verbose'], {
          env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
          timeout: LIMIT_MS,
        });
        let output = '';
        let password = '';
        const collect = (text: string) => {
          output += text;
          if (password !== '' || !output.includes('is started')) return;
          password = docker('inspect', '--format', '{{json .Config.Env}}', left());
          child.kill(signal);
        };
        child.stdout.setEncoding('utf8').on('data', collect);
        child.stderr.setEncoding('utf8').on('data', collect);
        const [code, by] = await new Promise<unknown[]>((ended) => {
          child.on('close', (...how) => ended(how));
        });
        expect([code, by]).toEqual([null, signal]);
        const [, secret = ''] = /"MSSQL_SA_PASSWORD=([^"]+)"/.exec(password) ?? [];
        expect(secret.length).toBeGreaterThan(15);
        expect(output).not.toContain(secret);
        expect(left()).toBe('');
      },
      LIMIT_MS,
    );

    test(
      'SIGINT while it pulls',
      async () => {
        // A registry that takes the connection and says nothing.
        const registry = createServer().listen(0, '127.0.0.1');
        await once(registry, 'listening');
        const { port } = registry.address() as AddressInfo;
        const child = spawn(NODES[24], [CLI, 'probe', `container:127.0.0.1:${port}/sql:1`, '--verbose'], {
          env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
          stdio: ['ignore', 'ignore', 'pipe'],
          timeout: LIMIT_MS,
        });
        registry.once('connection', () => child.kill('SIGINT'));
        const ended = await once(child, 'close');
        registry.closeAllConnections();
        registry.close();
        expect(ended).toEqual([null, 'SIGINT']);
        expect(left()).toBe('');
      },
      LIMIT_MS,
    );

    test(
      'a scan that breaks: the fault goes on, the container does not',
      async () => {
        let during = '';
        const broken = atContainer(at('serve'), null, reach, async () => {
          during = left();
          throw new Error('a fault of the scan');
        });
        await expect(broken).rejects.toThrow('a fault of the scan');
        expect(during).not.toBe('');
        expect(left()).toBe('');
      },
      LIMIT_MS,
    );

    test(
      'one at a time',
      async () => {
        const counts = await Promise.all(
          ['a', 'b'].map(() => atContainer(at('serve'), null, reach, async () => left().split('\n').length)),
        );
        expect(counts).toEqual([1, 1]);
      },
      LIMIT_MS,
    );

    test.each<[Mode, RegExp]>([
      [
        'memory',
        /ended before it answered \(exit code 1\): it needs 2000 MB of memory; let Docker have more; its last lines: sqlservr: This program/,
      ],
      [
        'chatty',
        /\(exit code 1\); its last lines: begin red ::error::no \/ env: MSSQL_SA_PASSWORD=\*{3} \/ again \*{3} and Password=\*{3}/,
      ],
    ])(
      'a container that ends at once: %s',
      async (mode, expected) => {
        const { code, stdout } = await run(CLI, ['probe', `container:${imageOf(mode)}`], { env });
        expect(code).toBe(3);
        expect(stdout.replace(/\s+/g, ' ')).toMatch(expected);
        expect(stdout).not.toMatch(/hunter2/);
        expect(left()).toBe('');
      },
      LIMIT_MS,
    );

    test(
      'a mssql.conf that cannot be read',
      async () => {
        const read = async () => ({ text: 'tlsprotocols = 1.2\n' });
        const address = { ...at('serve'), mssqlConf: 'mssql.conf' };
        const refused = await atContainer(address, null, { ...reach, read }, async () => 'asked');
        expect(refused).toEqual({ reason: expect.stringContaining('it cannot read its mssql.conf') });
      },
      LIMIT_MS,
    );

    test(
      'one that takes connections and never answers: given up when the time is over',
      async () => {
        const refused = await atContainer(at('mute'), null, reach, async () => 'asked', 2000);
        expect(refused).toEqual({
          reason: expect.stringMatching(
            /did not answer PRELOGIN within 2 s \(.+\); its last lines: a connection/,
          ),
        });
        expect(left()).toBe('');
      },
      LIMIT_MS,
    );

    test(
      'an image that is pulled first, and whose command is not there',
      async () => {
        const registry = await startRegistry();
        try {
          const { code, stdout } = await run(CLI, ['probe', `container:${registry.image}`], { env });
          expect(registry.requests).toContain('GET /v2/');
          expect([code, stdout]).toEqual([
            3,
            expect.stringMatching(/docker failed .*there-is-no-such-command/),
          ]);
          expect(left()).toBe('');
          // It is here now: pulled once, and not again.
          const before = registry.requests.length;
          await run(CLI, ['probe', `container:${registry.image}`], { env });
          expect(registry.requests.length).toBe(before);
        } finally {
          registry.close();
          docker('rmi', '--force', registry.image);
        }
      },
      LIMIT_MS,
    );

    test(
      'a tag that its registry does not have',
      async () => {
        const registry = await startRegistry();
        const image = registry.image.replace(/:1$/, ':2');
        const { stdout } = await run(CLI, ['probe', `container:${image}`], { env });
        registry.close();
        expect(stdout).toContain(`the image ${image} is not found`);
      },
      LIMIT_MS,
    );

    test(
      'an image that is nowhere: its registry is asked, and the reason told',
      async () => {
        // A registry on loopback that nobody runs: nothing leaves this machine.
        const { code, stdout } = await run(CLI, ['probe', 'container:127.0.0.1:1/mssql/server:2022'], {
          env,
        });
        expect(code).toBe(3);
        expect(stdout).toMatch(/the registry of 127\.0\.0\.1:1\/mssql\/server:2022 cannot be reached/);
      },
      LIMIT_MS,
    );
  },
);
