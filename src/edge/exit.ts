/** Exit codes, the same for the command line and the action. */
export const EXIT = {
  CLEAN: 0,
  /** Findings at or above `fail-on`. */
  FINDINGS: 1,
  /** Wrong usage or a mistake in the policy file. */
  USAGE: 2,
  /** What was asked could not be done. */
  UNABLE: 3,
  /** Ctrl+C, as shells count it: 128 and the number of SIGINT. */
  INTERRUPTED: 130,
} as const;
