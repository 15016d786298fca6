/** What GitHub runs: inputs → `check` → annotations, job summary, outputs, exit code. */
import { writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import * as core from '@actions/core';
import type { Reach } from './edge/arrival.ts';
import { staleBaseline } from './edge/baseline-file.ts';
import { EXIT } from './edge/exit.ts';
import { surroundings } from './edge/login.ts';
import { isAllowed, isAllowedImage } from './edge/reach.ts';
import { runCheck } from './edge/run-check.ts';
import { formatEndpoint } from './model/connection.ts';
import { LEVELS, type Level } from './model/finding.ts';
import { renderWorkflowCommands } from './report/github.ts';
import { renderJson } from './report/json.ts';
import { renderSummary } from './report/summary.ts';

const DEADLINE_MS = 5000;

async function main(): Promise<void> {
  const failOn = core.getInput('fail-on');
  if (failOn !== '' && !isFailOn(failOn)) {
    fail(`The input fail-on is "${failOn}"; expected error, warning, notice or never.`, EXIT.USAGE);
    return;
  }
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const policy = core.getInput('policy');
  const baseline = core.getInput('baseline');
  const path = resolve(workspace, core.getInput('path') || '.');
  const run = await runCheck({
    path,
    policyFile: policy === '' ? null : resolve(workspace, policy),
    failOn: failOn === '' ? null : failOn,
    reach: {
      refuse: await refusal(
        core.getMultilineInput('allowed-endpoints'),
        core.getMultilineInput('allowed-images'),
      ),
      log: core.info,
      deadlineMs: DEADLINE_MS,
      surroundings: surroundings(core.setSecret),
    },
    baselineFile: baseline === '' ? null : resolve(workspace, baseline),
    today: new Date().toISOString().slice(0, 10),
  });
  if ('complaint' in run) {
    for (const line of run.complaint) core.error(line);
    fail('mssql-tls-preflight could not check this repository; see the lines above.', run.exit);
    return;
  }
  const { report, context } = run.checked;
  const stale = staleBaseline(run.checked);
  if (stale !== null) core.info(stale);
  process.stdout.write(renderWorkflowCommands(report, relative(workspace, path).replaceAll('\\', '/')));
  if (process.env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(renderSummary(report, context)).write();
  const reportFile = core.getInput('report');
  if (reportFile !== '') await writeFile(resolve(workspace, reportFile), renderJson(report));
  for (const level of LEVELS) core.setOutput(`${level}s`, count(report.findings, level));
  core.setOutput(
    'failing',
    report.pairs.filter(({ outcome, when }) => outcome === 'fails' && when === 'current').length,
  );
  process.exitCode = run.exit;
}

/**
 * A pull request must not choose where we connect, nor what we run: on `pull_request` only endpoints and images of the
 * step's own inputs are dialled and started, and none at all for a fork.
 */
async function refusal(endpoints: readonly string[], images: readonly string[]): Promise<Reach['refuse']> {
  if (!process.env.GITHUB_EVENT_NAME?.startsWith('pull_request')) return () => null;
  const { context } = await import('@actions/github');
  const pullRequest = context.payload.pull_request;
  const fork = pullRequest?.head?.repo?.full_name !== pullRequest?.base?.repo?.full_name;
  return (address) => {
    if (address.kind === 'container') {
      if (fork) return 'not started: this pull request comes from a fork';
      if (isAllowedImage(address.image, images)) return null;
      return `not started: on pull requests only images in the step's allowed-images are, and ${address.image} is not among them`;
    }
    const { endpoint } = address;
    if (fork) return 'not probed: this pull request comes from a fork';
    if (isAllowed(endpoint, endpoints)) return null;
    return `not probed: on pull requests only endpoints in the step's allowed-endpoints are, and ${formatEndpoint(endpoint)} is not among them`;
  };
}

function fail(message: string, exit: number): void {
  core.error(message);
  process.exitCode = exit;
}

const isFailOn = (text: string): text is Level | 'never' =>
  text === 'never' || LEVELS.some((level) => level === text);

const count = (findings: readonly { level: Level; suppressed: unknown }[], level: Level) =>
  findings.filter((finding) => finding.level === level && finding.suppressed === null).length;

// Last, so that everything above is there when it runs.
await main().catch((error: unknown) => {
  core.setFailed(
    `mssql-tls-preflight stopped on a fault of its own: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = EXIT.UNABLE;
});
