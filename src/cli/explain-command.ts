import { parseArgs } from 'node:util';
import { EXIT } from '../edge/exit.ts';
import { runCheck } from '../edge/run-check.ts';
import { type Asked as AskedWords, explain } from '../explain/explain.ts';
import { explainNamed } from '../explain/explain-named.ts';
import { explainedRules, ruleNamed } from '../explain/explain-rule.ts';
import type { ExplainedPair, PairExplanation } from '../model/explanation.ts';
import { renderExplanation } from '../report/explain.ts';
import { renderRule, renderRules } from '../report/explain-rule.ts';
import { jsonText, renderExplanationJson } from '../report/json.ts';
import { prose } from '../report/words.ts';
import { argumentsOr } from './arguments.ts';
import type { Terminal } from './terminal.ts';

const DEADLINE_MS = 5000;
const FORMATS = ['terminal', 'json'];

type Asked =
  | { readonly what: 'rules' }
  | { readonly what: 'rule'; readonly id: string }
  | { readonly what: 'words'; readonly words: AskedWords }
  | {
      readonly what: 'pair';
      readonly client: string;
      readonly target: string;
      readonly path: string;
      readonly policy: string | null;
      readonly offline: boolean;
      readonly verbose: boolean;
    };

/** `explain [RULE]`, `explain --pair CLIENT TARGET`, `explain --client TEXT --server TEXT`. */
export async function explainCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const read = readArguments(args);
  if ('complaint' in read) return refuse([read.complaint], terminal);
  const { asked, json } = read;
  const today = new Date().toISOString().slice(0, 10);
  const style = { color: terminal.color, width: terminal.columns };
  switch (asked.what) {
    case 'rules': {
      const rules = explainedRules();
      terminal.out(json ? jsonText({ schemaVersion: 1, rules }) : renderRules(rules, style));
      return EXIT.CLEAN;
    }
    case 'rule': {
      const found = ruleNamed(asked.id);
      if ('complaint' in found) return refuse([found.complaint], terminal);
      terminal.out(json ? jsonText({ schemaVersion: 1, rule: found.rule }) : renderRule(found.rule, style));
      return EXIT.CLEAN;
    }
    case 'words': {
      const explained = explain(asked.words, today);
      if ('complaint' in explained) return refuse(explained.complaint, terminal);
      return sayPair(json, explained.pair, null, terminal);
    }
    case 'pair':
      return explainInFolder(asked, json, today, terminal);
  }
}

async function explainInFolder(
  asked: Extract<Asked, { what: 'pair' }>,
  json: boolean,
  today: string,
  terminal: Terminal,
): Promise<number> {
  const run = await runCheck({
    path: asked.path,
    policyFile: asked.policy,
    failOn: null,
    reach: {
      refuse: () => (asked.offline ? 'not probed: --offline' : null),
      log: asked.verbose ? (line) => terminal.error(`${line}\n`) : () => {},
      deadlineMs: DEADLINE_MS,
    },
    today,
  });
  if ('complaint' in run) {
    for (const line of run.complaint) terminal.error(`${line}\n`);
    return run.exit;
  }
  const { pairs, report } = run.checked;
  const explained = explainNamed(asked.client, asked.target, pairs, report.findings);
  if ('complaint' in explained) return refuse(explained.complaint, terminal);
  return sayPair(json, explained.pair, explained.planned, terminal);
}

function sayPair(
  json: boolean,
  pair: ExplainedPair,
  planned: ExplainedPair | null,
  { out, color, columns }: Terminal,
): number {
  const explanation: PairExplanation = { schemaVersion: 1, pair, planned };
  out(json ? renderExplanationJson(explanation) : renderExplanation(explanation, { color, width: columns }));
  return EXIT.CLEAN;
}

function refuse(lines: readonly string[], terminal: Terminal): number {
  for (const line of lines) terminal.error(`${line.startsWith('  ') ? '  ' : ''}${prose(line)}\n`);
  return EXIT.USAGE;
}

type Read = { readonly asked: Asked; readonly json: boolean } | { readonly complaint: string };

function readArguments(args: readonly string[]): Read {
  const parsed = argumentsOr(() => parse(args));
  if ('complaint' in parsed) return parsed;
  const { values, positionals } = parsed;
  if (!FORMATS.includes(values.format))
    return { complaint: `--format ${values.format} is not one of ${FORMATS.join(', ')}.` };
  const asked = askedOf(values, positionals);
  return 'complaint' in asked ? asked : { asked, json: values.format === 'json' };
}

type Values = ReturnType<typeof parse>['values'];

function askedOf(values: Values, positionals: readonly string[]): Asked | { readonly complaint: string } {
  const { client, server, certificate = null, settings = null } = values;
  const [first, second, third] = positionals;
  if (values.pair) {
    if (
      first === undefined ||
      second === undefined ||
      third !== undefined ||
      client !== undefined ||
      server !== undefined
    )
      return {
        complaint: 'explain --pair takes the names of one client and one target of the checked folder.',
      };
    const { path, policy = null, offline, verbose } = values;
    return { what: 'pair', client: first, target: second, path, policy, offline, verbose };
  }
  const serverProtocols = values['server-protocols'] ?? null;
  if (client !== undefined || server !== undefined) {
    if (client === undefined || server === undefined)
      return {
        complaint: `explain needs both sides: --${client === undefined ? 'client' : 'server'} is missing.`,
      };
    if (first !== undefined)
      return {
        complaint: `explain --client … --server … takes nothing else; got ${first}. Put what has blanks into quotes.`,
      };
    return { what: 'words', words: { client, server, certificate, serverProtocols, settings } };
  }
  if (certificate !== null || settings !== null || serverProtocols !== null)
    return { complaint: '--certificate, --settings and --server-protocols go with --client and --server.' };
  if (second !== undefined) return { complaint: `explain takes one rule; got ${positionals.join(', ')}.` };
  return first === undefined ? { what: 'rules' } : { what: 'rule', id: first };
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      pair: { type: 'boolean', default: false },
      client: { type: 'string' },
      server: { type: 'string' },
      certificate: { type: 'string' },
      'server-protocols': { type: 'string' },
      settings: { type: 'string' },
      path: { type: 'string', default: '.' },
      policy: { type: 'string' },
      offline: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      format: { type: 'string', default: 'terminal' },
    },
  });
