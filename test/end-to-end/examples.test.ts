// examples/scenarios and examples/articles: each shows its case on a lab server's wire; its near miss stays silent.
import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { runCheck } from '../../src/edge/run-check.ts';
import type { Finding } from '../../src/model/finding.ts';
import { expectGolden } from '../golden.ts';

const SCENARIOS = 'examples/scenarios';
const ARTICLES = 'examples/articles';
/** By the beginning of the folder's name. */
const SCENARIO_RULES: Readonly<Record<string, string>> = {
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

const ARTICLE_RULES: Readonly<Record<string, readonly string[]>> = {
  'client-machine-cannot-connect-to-sqlserver': ['no-common-cipher-suite', 'rsa-key-exchange-disabled'],
  'connection-to-linked-server-failed': ['no-common-cipher-suite'],
  'error-messages-areshown-after-upgrade-sql-version': ['no-common-protocol', 'client-protocol-disabled'],
  'intermittent-connection-errors-sqlcmd': ['no-common-protocol'],
  'intermittent-connection-errors-when-a-new-node-is-added': ['replicas-disagree'],
  'issues-connection-after-implementing-cipher-suite-policies': ['no-common-cipher-suite'],
  'linked-server-cannot-be-created': ['no-common-protocol'],
  'sql-server-faces-connectivity-issue-ssispack-fail': ['ssis-retain-connection'],
  'ssl-pe-no-cipher-error-endpoint-5022': ['replicas-disagree'],
  'unable-to-start-sql-agent': ['no-common-protocol', 'client-protocol-disabled'],
};

const examples = [
  ...readdirSync(SCENARIOS).map(
    (name) => [`${SCENARIOS}/${name}`, [SCENARIO_RULES[name[0] ?? ''] ?? '']] as const,
  ),
  ...readdirSync(ARTICLES).map((name) => [`${ARTICLES}/${name}`, ARTICLE_RULES[name] ?? ['']] as const),
];

test('every article has its example', () => {
  expect(readdirSync(ARTICLES).sort()).toEqual(Object.keys(ARTICLE_RULES).sort());
});

describe.each(examples)('%s', (folder, rules) => {
  test(
    'is found',
    async () => {
      const findings = await findingsOf(`${folder}/found`);
      expect(findings.map((one) => one.rule)).toEqual(expect.arrayContaining([...rules]));
      const golden = folder.replace('examples/', 'test/end-to-end/');
      expectGolden(`${golden}.golden.txt`, findings.map(lineOf).join(''));
    },
    LIMIT_MS,
  );

  test(
    'its near miss is not',
    async () => {
      const findings = await findingsOf(`${folder}/near-miss`);
      expect(findings.filter((one) => rules.includes(one.rule)).map(lineOf)).toEqual([]);
    },
    LIMIT_MS,
  );
});
