// Scenario 5 against lab servers of both kinds, against OpenSSL in every suite and version, and against odd servers.
import { afterEach, describe, expect, test } from '@jest/globals';
import { leadingZero } from '../../src/observe/leading-zero.ts';
import { closeAll, play } from '../lab/client.ts';

afterEach(closeAll);

const whereIs = (port: number) => ({ host: '127.0.0.1', port, instance: null, serverName: null });

describe.each([['fixed'], ['unfixed']])('a server that is %s', (kind) => {
  test('100 times out of 100', async () => {
    const { port } = await play(`sql-server-2016-dhe-${kind}`);
    const verdicts = [];
    const start = performance.now();
    for (let at = 0; at < 100; at += 1) verdicts.push(await leadingZero(whereIs(port), { deadlineMs: 5000 }));
    console.log(performance.now() - start, verdicts[0]);
    expect(verdicts.filter(({ verdict }) => verdict === kind)).toHaveLength(100);
  });
});
