// examples/scenarios: each shows its scenario on a lab server's wire; its near miss stays silent.
import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { runCheck } from '../../src/edge/run-check.ts';
import type { Finding } from '../../src/model/finding.ts';
import { expectGolden } from '../golden.ts';

const FOLDER = 'examples/scenarios';
/** By the beginning of the folder's name. */
const RULES: Readonly<Record<string, string>> = {
  1: 'no-common-protocol',
  2: 'no-common-cipher-suite',
  3: 'dhe-enabled',
  4: 'weak-certificate-hash',
  5: 'dhe-leading-zero',
  6: 'tcp-handshake-timeout',
};

async function findingsOf(path: string): Promise<readonly Finding[]> {
  const ran = await runCheck({
    path,
    policyFile: null,
    failOn: null,
    reach: { refuse: () => 'only lab servers are asked here', log: () => {}, deadlineMs: 5000 },
    today: '2026-11-23',
  });
  if ('complaint' in ran) throw new Error(ran.complaint.join('\n'));
  return ran.checked.report.findings;
}

/** Scenario 6 times twenty connections of a server that lets them wait. */
const LIMIT_MS = 60_000;

const lineOf = ({ file, line, column, level, rule, message, fix }: Finding) =>
  `${file}:${line}:${column} ${level} ${rule}\n  ${message.replace(/[\d.]+ ms/g, '… ms')}\n  fix: ${fix}\n`;

describe.each(readdirSync(FOLDER))('%s', (name) => {
  const rule = RULES[name[0] ?? ''] ?? '';

  test(
    'is found',
    async () => {
      const findings = await findingsOf(`${FOLDER}/${name}/found`);
      expect(findings.map((one) => one.rule)).toContain(rule);
      expectGolden(`test/end-to-end/scenarios/${name}.golden.txt`, findings.map(lineOf).join(''));
    },
    LIMIT_MS,
  );

  test(
    'its near miss is not',
    async () => {
      const findings = await findingsOf(`${FOLDER}/${name}/near-miss`);
      expect(findings.filter((one) => one.rule === rule).map(lineOf)).toEqual([]);
    },
    LIMIT_MS,
  );
});
