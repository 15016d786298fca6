/** `explain <rule>` and the list of rules in a terminal. */
import type { ExplainedRule } from '../model/explanation.ts';
import { padded, wrapped } from './display-width.ts';
import { painter, type Style } from './style.ts';
import { prose } from './words.ts';

const WIDEST = 100;

export function renderRule(rule: ExplainedRule, style: Style): string {
  const paint = painter(style);
  const width = Math.min(style.width, WIDEST);
  const { id, title, level, scenario, why, helpUri } = rule;
  return [
    paint.bold(`${title} (${id})`),
    `${paint.level(level, level)}${scenario === null ? '' : `, scenario ${scenario} of Microsoft's 10054 article`}`,
    '',
    ...wrapped(prose(plainText(why)), width),
    '',
    helpUri,
    '',
    'To suppress it, in .github/mssql-tls-preflight.yml:',
    '',
    ...suppression(id).map((line) => `  ${line}`),
    '',
    `\`rules: { ${id}: off }\` silences it everywhere.`,
    '',
  ].join('\n');
}

export const suppression = (id: string): readonly string[] => [
  'suppressions:',
  `  - rule: ${id}`,
  '    path: legacy/**            # or target: NAME',
  '    reason: why it is accepted',
  '    expires: 2027-06-30',
];

export function renderRules(rules: readonly ExplainedRule[], style: Style): string {
  const paint = painter(style);
  const width = Math.max(...rules.map(({ id }) => id.length)) + 2;
  const lines = rules.map(({ id, level, title, scenario }) => {
    const number = scenario === null ? '' : ` (scenario ${scenario})`;
    return `${padded(id, width)}${paint.level(level, padded(level, 8))} ${title}${number}`;
  });
  return `${lines.join('\n')}\n\n\`explain RULE\` says more of one of them.\n`;
}

/** Markdown without its marks. */
const plainText = (markdown: string) => markdown.replace(/[`*]/g, '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
