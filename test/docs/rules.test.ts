// docs/rules: one page per rule, its head from the rule's meta; each of its examples is checked, lab servers and all.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { check } from '../../src/check.ts';
import { scanner } from '../../src/edge/reach.ts';
import { labProfiles } from '../../src/lab/profiles.ts';
import type { Finding } from '../../src/model/finding.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import type { RuleMeta } from '../../src/rules/rule.ts';
import { RULES } from '../../src/rules/rules.ts';
import { SUITES } from '../../src/tls/cipher-suites.ts';

const POLICY = '.github/mssql-tls-preflight.yml';
const TODAY = '2026-11-23';
/** A file's name alone on its line, and the file. */
const FILE = /^`([^`\n]+)`\n\n(````?)[\w.-]*\n([\s\S]*?)^\2$/gm;
/** What is found in the files above it, up to the heading. */
const ANSWER = /^```text\n([\s\S]*?)^```$/gm;

const pageOf = (id: string) => `docs/rules/${id}.md`;
const updates = process.env.UPDATE_GOLDEN === '1';

function headOf({ id, title, scenario, level, why, helpUri }: RuleMeta): string {
  const rows = [
    ['Rule', `\`${id}\``],
    ['Level', level],
    ...(scenario === null ? [] : [['Scenario', `${scenario} of Microsoft's article`]]),
    ['Reference', `<${helpUri}>`],
  ];
  const table = ['| | |', '|---|---|', ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
  return `# ${title}\n\n${table}\n\n${why}\n\n`;
}

async function findingsOf(files: ReadonlyMap<string, string>): Promise<readonly Finding[]> {
  const policyText = files.get(POLICY) ?? '';
  const known = {
    rules: RULES.map(({ meta }) => meta.id),
    labProfiles: labProfiles().map(({ name }) => name),
    suites: SUITES.map(({ name }) => name),
  };
  const loaded = policyText === '' ? { policy: DEFAULT_POLICY } : loadPolicy(POLICY, policyText, known);
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const { report } = await check({
    workspace: {
      list: async () => [...files.keys()].sort(),
      read: async (path) => ({ text: files.get(path) ?? '' }),
    },
    policy: loaded.policy,
    policyText,
    scan: scanner({ refuse: () => 'only lab servers are asked here', log: () => {}, deadlineMs: 5000 }),
    today: TODAY,
  });
  return report.findings;
}

const lineOf = ({ file, line, column, endColumn, level, message, fix }: Finding) =>
  `${file}:${line}:${column}-${endColumn} ${level}: ${message.replace(/[\d.]+ ms/g, '… ms')}\n  fix: ${fix}\n`;

/** The page with its head and the answers of its examples as they should be; what each section found. */
async function expectedPage(meta: RuleMeta, page: string) {
  const start = page.search(/^## /m);
  const body = start < 0 ? '' : page.slice(start);
  const sections: string[] = [];
  const found: { readonly heading: string; readonly findings: number }[] = [];
  for (const section of body.split(/^(?=## )/m).filter((text) => text !== '')) {
    const files = new Map([...section.matchAll(FILE)].map(([, path = '', , text = '']) => [path, text]));
    if (files.size === 0) {
      sections.push(section);
      continue;
    }
    const mine = (await findingsOf(files)).filter(({ rule }) => rule === meta.id);
    found.push({ heading: section.slice(3, section.indexOf('\n')), findings: mine.length });
    const answer = mine.map(lineOf).join('') || 'nothing\n';
    sections.push(section.replace(ANSWER, () => `\`\`\`text\n${answer}\`\`\``));
  }
  return { text: `${headOf(meta)}${sections.join('')}`.replace(/\n+$/, '\n'), found };
}

describe.each(RULES.map(({ meta }) => [meta.id, meta] as const))('%s', (id, meta) => {
  test('its page says what the rule is, and what its examples give', async () => {
    const page = existsSync(pageOf(id)) ? readFileSync(pageOf(id), 'utf8') : '';
    const { text, found } = await expectedPage(meta, page);
    if (updates) writeFileSync(pageOf(id), text);
    expect(readFileSync(pageOf(id), 'utf8')).toBe(text);
    const sure = (one: (typeof found)[number]) => one.findings > 0 === !one.heading.startsWith('Not found');
    expect(found.filter((one) => !sure(one))).toEqual([]);
    expect(found.filter(({ findings }) => findings > 0).length).toBeGreaterThan(0);
    expect(found.filter(({ findings }) => findings === 0).length).toBeGreaterThan(0);
  });
});

test('every page is of a rule, and the index names them all', () => {
  const ids = RULES.map(({ meta }) => meta.id).sort();
  const pages = readdirSync('docs/rules').filter((name) => name !== 'README.md');
  expect(pages.sort()).toEqual(ids.map((id) => `${id}.md`).sort());
  const index = `# Rules\n\n| Rule | Level | Scenario | What it finds |\n|---|---|---|---|\n${RULES.map(
    ({ meta }) =>
      `| [\`${meta.id}\`](${meta.id}.md) | ${meta.level} | ${meta.scenario ?? ''} | ${meta.title} |\n`,
  ).join('')}`;
  if (updates) writeFileSync('docs/rules/README.md', index);
  expect(readFileSync('docs/rules/README.md', 'utf8')).toBe(index);
});
