/**
 * A SQL Server in a container, for as long as it is asked: `docker` creates it on a loopback port, it is ready when it
 * answers PRELOGIN, and it is removed whatever happens. Environment and paths: "Configure SQL Server settings with
 * environment variables on Linux" and "Configure SQL Server on Linux with the mssql-conf tool" of learn.microsoft.com.
 */
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContainerAddress } from '../model/target.ts';
import { notReady } from '../observe/ready.ts';
import type { Where } from '../observe/wire/line.ts';
import type { Reach, Refused, Use } from './arrival.ts';
import { type DockerOptions, type DockerRun, docker, dockerAtOnce } from './docker.ts';
import { containerFailure, dockerFailure } from './docker-failure.ts';
import {
  createArguments,
  generatedPassword,
  inOrder,
  isElsewhere,
  LABEL,
  PASSWORD,
  PORT,
  publishedPort,
} from './docker-text.ts';
import { withLeftover } from './leftovers.ts';
import { tarOf } from './tar.ts';

const CONF = 'var/opt/mssql/mssql.conf';
/** The user `mssql` of Microsoft's images from 2019 on; those of 2017 run as root and read it as well. */
const MSSQL_USER = { uid: 10001, gid: 0 };

const COMMAND_MS = 60_000;
const PULL_MS = 15 * 60_000;
/** A first start takes 10 to 60 seconds, emulation and slow disks apart. */
const START_MS = 180_000;
const ANSWER_MS = 2_000;
const PAUSE_MS = 300;
const LOG_LINES = '200';

/** A SQL Server takes 2 GB and more, so that there is one at a time. */
let turn: Promise<unknown> = Promise.resolve();

/** As `arrive` of reach.ts: `serverName` is what clients call it. `startMs`: how long it may take until it answers. */
export function atContainer<T>(
  address: ContainerAddress,
  serverName: string | null,
  reach: Reach,
  use: Use<T>,
  startMs: number = START_MS,
): Promise<T | Refused> {
  const mine = turn.then(() => started(address, serverName, reach, use, startMs));
  turn = mine.catch(() => {});
  return mine;
}

async function started<T>(
  address: ContainerAddress,
  serverName: string | null,
  reach: Reach,
  use: Use<T>,
  startMs: number,
): Promise<T | Refused> {
  const conf = await confOf(address, reach);
  if (conf !== null && 'reason' in conf) return conf;
  const name = `${LABEL}-${randomBytes(6).toString('hex')}`;
  const remove = ['rm', '--force', '--volumes', name];
  let created = false;
  return withLeftover(
    () => created && dockerAtOnce(remove, COMMAND_MS),
    async (signal) => {
      const container = new Container(address.image, name, reach.log, signal);
      try {
        await container.available();
        created = true;
        const port = await container.start(conf?.text ?? null);
        const where = { host: '127.0.0.1', port, instance: null, serverName: asServerName(serverName) };
        await container.answers(where, startMs);
        return await Promise.race([use(where, reach.log), stopped(signal)]);
      } catch (error) {
        if (error instanceof NoContainer) return { reason: error.message };
        throw error;
      } finally {
        if (created) await container.remove(remove);
      }
    },
  );
}

/** What is not there, or does not work, in a sentence for people. */
class NoContainer extends Error {}

class Container {
  readonly #image: string;
  readonly #name: string;
  readonly #log: Reach['log'];
  readonly #signal: AbortSignal;
  readonly #password = generatedPassword();

  constructor(image: string, name: string, log: Reach['log'], signal: AbortSignal) {
    this.#image = image;
    this.#name = name;
    this.#log = log;
    this.#signal = signal;
  }

  /** The image is on this machine: pulled, where it was not. */
  async available(): Promise<void> {
    const context = await this.#run(['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']);
    const endpoint = context.stdout.trim();
    if (context.trouble === null && isElsewhere(endpoint))
      throw new NoContainer(
        `Docker's engine is on another machine (${endpoint}), whose loopback port cannot be reached from here`,
      );
    const inspected = await this.#run(['image', 'inspect', '--format', '{{.Id}}', this.#image]);
    if (inspected.code === 0) return;
    if (!/no such image|image not known/i.test(inspected.stderr)) throw this.#failed(inspected);
    this.#log(`container:${this.#image}: docker pull`);
    const onTerminal = process.stderr.isTTY === true;
    const quiet = onTerminal ? [] : ['--quiet'];
    const pulling = { deadlineMs: PULL_MS, signal: this.#signal, onTerminal };
    await this.#must(['pull', ...quiet, this.#image], pulling);
  }

  /** @returns the port on loopback. */
  async start(conf: string | null): Promise<number> {
    if (this.#signal.aborted) throw new NoContainer(STOPPED);
    // A first start takes its time: a person at a terminal is told, the log has it below.
    if (process.stderr.isTTY)
      process.stderr.write(`container:${this.#image}: starting, with ACCEPT_EULA=Y\n`);
    await this.#must(createArguments(this.#name, this.#image), {
      deadlineMs: COMMAND_MS,
      env: { [PASSWORD]: this.#password },
    });
    if (conf !== null) {
      const input = tarOf({ path: CONF, content: Buffer.from(conf), ...MSSQL_USER });
      await this.#must(['cp', '-', `${this.#name}:/`], { deadlineMs: COMMAND_MS, input });
    }
    await this.#must(['start', this.#name]);
    const { stdout } = await this.#run(['port', this.#name, PORT]);
    const port = publishedPort(stdout);
    if (port === null) throw new NoContainer(await this.#lastWords('has no port on 127.0.0.1'));
    this.#log(`container:${this.#image}: ${this.#name} is started with ACCEPT_EULA=Y on 127.0.0.1,${port}`);
    return port;
  }

  /** Until it answers PRELOGIN, ends, or the time is over. */
  async answers(where: Where, startMs: number): Promise<void> {
    const waiting = new AbortController();
    const ended = docker(['wait', this.#name], { deadlineMs: startMs, signal: waiting.signal });
    const over = Promise.race([ended, stopped(this.#signal)]);
    let isOver = false;
    void over.then(() => {
      isOver = true;
    });
    let reason: string | null = 'no answer yet';
    try {
      while (!isOver) {
        reason = await Promise.race([notReady(where, ANSWER_MS), over.then(() => reason)]);
        if (reason === null) return;
        await Promise.race([delay(PAUSE_MS), over]);
      }
    } finally {
      waiting.abort();
    }
    if (this.#signal.aborted) throw new NoContainer(STOPPED);
    const otherwise = `did not answer PRELOGIN within ${startMs / 1000} s (${reason})`;
    throw new NoContainer(await this.#lastWords(otherwise));
  }

  /** Told on standard error when it fails: what stays behind takes memory until somebody removes it. */
  async remove(args: readonly string[]): Promise<void> {
    const run = await this.#run(args);
    if (run.code === 0 || /no such container|already in progress/i.test(run.stderr)) {
      this.#log(`container:${this.#image}: ${this.#name} is removed`);
      return;
    }
    const why = dockerFailure(run, this.#image, [this.#password]);
    process.stderr.write(
      `The container could not be removed: ${why}. Remove it with: docker ${args.join(' ')}\n`,
    );
  }

  /** What became of it; `otherwise` when it is still running. */
  async #lastWords(otherwise: string): Promise<string> {
    const format = '{{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}}';
    const state = await this.#run(['inspect', '--format', format, this.#name]);
    const [status, exitCode, outOfMemory] = state.stdout.trim().split(' ');
    const logs = await this.#run(['logs', '--timestamps', '--tail', LOG_LINES, this.#name]);
    const hasEnded = status === 'exited' || status === 'dead';
    const last = {
      exitCode: hasEnded ? Number(exitCode) : null,
      outOfMemory: outOfMemory === 'true',
      log: inOrder(logs.stdout, logs.stderr),
    };
    return containerFailure(this.#image, last, otherwise, [this.#password]);
  }

  #failed(run: DockerRun): NoContainer {
    return new NoContainer(dockerFailure(run, this.#image, [this.#password]));
  }

  async #must(args: readonly string[], options?: DockerOptions): Promise<void> {
    const run = await this.#run(args, options);
    if (run.code !== 0) throw this.#failed(run);
  }

  #run(args: readonly string[], options: DockerOptions = { deadlineMs: COMMAND_MS }): Promise<DockerRun> {
    return docker(args, options);
  }
}

const STOPPED = 'stopped before it was asked';

function stopped(signal: AbortSignal): Promise<Refused> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve({ reason: STOPPED });
    signal.addEventListener('abort', () => resolve({ reason: STOPPED }), { once: true });
  });
}

async function confOf({ mssqlConf }: ContainerAddress, { read }: Reach) {
  if (mssqlConf === null) return null;
  const file = read ? await read(mssqlConf) : { problem: 'there is no folder to read it from' };
  return 'text' in file ? file : { reason: `the mssql-conf ${mssqlConf} cannot be used: ${file.problem}` };
}

/** A DNS name goes into `server_name`; an address, `.` and `(local)` do not (RFC 6066 §3). */
const asServerName = (name: string | null) =>
  name !== null && isIP(name) === 0 && /^(?=.*[a-z])[\w.-]+$/i.test(name) ? name : null;
