import { describe, expect, test } from '@jest/globals';
import { loginVariables } from '../../src/cli/login-arguments.ts';
import { probeCommand } from '../../src/cli/probe-command.ts';

const read = (user?: string, password?: string, trust = false) =>
  loginVariables({
    'login-user-env': user,
    'login-password-env': password,
    'login-trust-server-certificate': trust,
  });

describe('--login-…', () => {
  test('both names, or none', () => {
    expect(read()).toBeNull();
    expect(read('SQL_USER', 'SQL_PASSWORD', true)).toEqual({
      user: 'SQL_USER',
      password: 'SQL_PASSWORD',
      trustServerCertificate: true,
    });
    const complaint = 'A login needs both --login-user-env and --login-password-env.';
    for (const found of [read('SQL_USER'), read(undefined, 'SQL_PASSWORD'), read(undefined, undefined, true)])
      expect(found).toEqual({ complaint });
  });

  test.each([['P@ss w0rd'], [''], ['1SQL'], ['a-b'], ['SQL_PASSWORD\n']])(
    '%j is no name of a variable, and is not repeated',
    (value) => {
      expect(read('SQL_USER', value)).toEqual({
        complaint:
          '--login-password-env takes the name of an environment variable such as SQL_PASSWORD, never the value itself.',
      });
    },
  );

  test('probe says so with exit code 2', async () => {
    const said: string[] = [];
    const terminal = {
      out: () => {},
      error: (text: string) => said.push(text),
      progress: null,
      onInterrupt: () => () => {},
      columns: 100,
      color: false,
    };
    const args = ['lab:sql-server-2022', '--login-user-env', 'SQL_USER', '--login-password-env', 'hunter 2'];
    expect(await probeCommand(args, terminal)).toBe(2);
    expect(said.join('')).not.toContain('hunter');
  });
});
