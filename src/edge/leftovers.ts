/** What must be gone before this process is: it is removed when a signal ends the process, and when anything else does. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Leftover {
  readonly stop: AbortController;
  /** Removes it while the process ends: synchronous. */
  readonly removeAtOnce: () => void;
}

const leftovers = new Set<Leftover>();
let told: NodeJS.Signals | null = null;

/** A first signal stops the work, whose own end removes the leftover; more signals do not cut that short. */
function onSignal(signal: NodeJS.Signals): void {
  told ??= signal;
  for (const { stop } of leftovers) stop.abort();
}

/** `process.exit`, or a fault that nobody caught. */
function onExit(): void {
  for (const { removeAtOnce } of leftovers) removeAtOnce();
}

/**
 * Runs `work`, which removes what it leaves by itself, also when `signal` tells it to stop. `removeAtOnce` is for when it
 * cannot. After a signal the process ends by that signal, once nothing is left.
 */
export async function withLeftover<T>(
  removeAtOnce: () => void,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const leftover = { stop: new AbortController(), removeAtOnce };
  if (told !== null) leftover.stop.abort();
  if (leftovers.size === 0) {
    for (const signal of SIGNALS) process.on(signal, onSignal);
    process.on('exit', onExit);
  }
  leftovers.add(leftover);
  try {
    return await work(leftover.stop.signal);
  } finally {
    leftovers.delete(leftover);
    if (leftovers.size === 0) {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      process.off('exit', onExit);
      if (told !== null) process.kill(process.pid, told);
    }
  }
}
