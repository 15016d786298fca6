import { setFlagsFromString } from 'node:v8';
import { EXIT } from '../edge/exit.ts';
import { prober } from '../edge/prober.ts';
import { type ProbedTarget, type ProbeReport, unreachedTarget } from '../model/probe-report.ts';
import { probeSummary, renderProbedTarget } from '../report/probe.ts';
import { inOrder } from './in-order.ts';
import { readProbeArguments } from './probe-arguments.ts';
import type { AskedEndpoint } from './probe-endpoints.ts';
import { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** `probe ENDPOINT…`: a page for each server, in the order asked. Exit code 3 when one could not be asked. */
export async function probeCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const asked = readProbeArguments(args);
  if ('complaint' in asked) {
    terminal.error(`${asked.complaint}\n`);
    return EXIT.USAGE;
  }
  // What a probe makes is garbage a moment later: left to itself V8 lets a thousand servers take twice the memory.
  setFlagsFromString('--semi-space-growth-factor=1');
  const { endpoints, options, json, verbose, deadlineMs, concurrency } = asked;
  const log = verbose ? (line: string) => terminal.error(`${line}\n`) : () => {};
  const probe = prober({ refuse: () => null, log, deadlineMs }, options);
  const progress = new Progress(verbose ? null : terminal.progress, endpoints.length);
  let interrupted = false;
  // What is done is told all the same; one server alone has nothing done.
  const undo = endpoints.length > 1 ? terminal.onInterrupt(() => (interrupted = true)) : () => {};
  const work = async ({ address, written }: AskedEndpoint): Promise<ProbedTarget> => {
    if (interrupted) return unreachedTarget(written, 'not asked: interrupted');
    const found = await probe(address, written);
    progress.step();
    return 'endpoint' in found ? found : unreachedTarget(written, found.reason);
  };
  // Pages go out as they are done, so that a long list takes no memory; a JSON document has one end.
  const targets: ProbedTarget[] = [];
  let answered = 0;
  let shown = 0;
  await inOrder(endpoints, concurrency, work, (target) => {
    if (isAnswered(target)) answered += 1;
    if (json) targets.push(target);
    else {
      progress.clear();
      const page = renderProbedTarget(target, { color: terminal.color, width: terminal.columns });
      terminal.out(shown === 0 ? page : `\n${page}`);
    }
    shown += 1;
  });
  undo();
  progress.clear();
  const report: ProbeReport = { schemaVersion: 1, targets };
  if (json) terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  else if (endpoints.length > 1) terminal.out(`\n${probeSummary(endpoints.length, answered)}\n`);
  if (interrupted) return EXIT.INTERRUPTED;
  return answered < endpoints.length ? EXIT.UNABLE : EXIT.CLEAN;
}

/** A server that forces TDS 8.0 answers no PRELOGIN, and answers. */
const isAnswered = ({ prelogin, forcesStrict }: ProbedTarget) => prelogin !== null || forcesStrict;
