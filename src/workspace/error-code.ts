/** The system's name of a failure, e.g. `ENOENT`; `null` when the error carries none. */
export function errorCode(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}
