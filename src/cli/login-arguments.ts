/** `--login-user-env`, `--login-password-env` and `--login-trust-server-certificate` of `probe`. */
import type { LoginVariables } from '../model/server-evidence.ts';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names of environment variables; `null`: no login is asked for. What is no name could be a password: it is not repeated. */
export function loginVariables(values: {
  readonly 'login-user-env'?: string | undefined;
  readonly 'login-password-env'?: string | undefined;
  readonly 'login-trust-server-certificate': boolean;
}): LoginVariables | null | { complaint: string } {
  const {
    'login-user-env': user,
    'login-password-env': password,
    'login-trust-server-certificate': trustServerCertificate,
  } = values;
  if (user === undefined && password === undefined)
    return trustServerCertificate ? { complaint: NEEDS_BOTH } : null;
  if (user === undefined || password === undefined) return { complaint: NEEDS_BOTH };
  for (const [option, value] of [
    ['--login-user-env', user],
    ['--login-password-env', password],
  ] as const)
    if (!VARIABLE.test(value))
      return {
        complaint: `${option} takes the name of an environment variable such as SQL_PASSWORD, never the value itself.`,
      };
  return { user, password, trustServerCertificate };
}

const NEEDS_BOTH = 'A login needs both --login-user-env and --login-password-env.';
