import { describe, expect, test } from '@jest/globals';
import { checkCommand } from '../../src/cli/check-command.ts';
import { inventoryCommand } from '../../src/cli/inventory-command.ts';

const FOLDER = 'test/fixtures/repositories/containers/compose/shop';

async function run(command: typeof checkCommand, ...args: string[]) {
  const said = { out: '', error: '' };
  const code = await command(args, {
    out: (text) => (said.out += text),
    error: (text) => (said.error += text),
    progress: null,
    onInterrupt: () => () => {},
    columns: 120,
    color: false,
  });
  return { code, ...said };
}

describe('check --list is the inventory', () => {
  test.each([['--offline'], ['--verbose'], ['--fail-on', 'notice']])(
    'with %s too, which says how to dial or to judge',
    async (...options) => {
      const plain = await run(inventoryCommand, FOLDER);
      expect(plain).toMatchObject({ code: 0, error: '' });
      expect(await run(checkCommand, '--list', ...options, FOLDER)).toEqual(plain);
    },
  );

  test('not with a format it does not have', async () => {
    expect(await run(checkCommand, '--list', '--format', 'github', FOLDER)).toEqual({
      code: 2,
      out: '',
      error: '--format github is not one of terminal, json, csv.\n',
    });
  });
});
