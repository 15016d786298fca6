/** Variables of a PowerShell script: assigned one text, or going through a list of literals in a `foreach`. */
import type { Word } from '../../text/commands.ts';
import { assign, expanded, type Values } from './expansion.ts';

const NAME = /^(?:\[\w+(?:\[\])?\])?\$(?:(?:script|global|local|private):)?(\w{1,60})$/i;
const REFERENCE = /\$\(\$(\w{1,60})\)|\$\{(\w{1,60})\}|\$(?:(?:script|global):)?(\w{1,60})/gi;
const LOOP = /^foreach\(\s*\$(\w{1,60})\s+in\s+([\s\S]{1,2000})\)$/i;
const CONDITION = /^(?:if|elseif|switch|while)\(/i;

export function variablesOf(commands: readonly (readonly Word[])[]): Values {
  const variables = new Map<string, readonly string[] | null>();
  for (const words of commands) {
    const [, item, list] = LOOP.exec(statementOf(words)) ?? [];
    if (item !== undefined && list !== undefined) assign(variables, item, listOf(list, variables));
    const [target, equals, ...rest] = words;
    const name = NAME.exec(target?.value ?? '')?.[1];
    if (name !== undefined && /^[-+*]?=$/.test(equals?.value ?? ''))
      assign(variables, name, equals?.value === '=' ? assignedValue(rest) : null);
  }
  // What is done in a loop may depend on which turn it is.
  for (const name of decidedBy(commands))
    if ((variables.get(name)?.length ?? 0) > 1) variables.set(name, null);
  return variables;
}

/** A keyword with its parentheses, which may stand behind a blank. */
const statementOf = ([first, second]: readonly Word[]) => `${first?.value ?? ''}${second?.value ?? ''}`;

/** Names in conditions; that a key exists decides nothing of what it is set to. */
function decidedBy(commands: readonly (readonly Word[])[]): readonly string[] {
  return commands
    .map(statementOf)
    .filter((statement) => CONDITION.test(statement) && !/Test-Path/i.test(statement))
    .flatMap((statement) => statement.match(/(?<=\$)\w{1,60}/g) ?? [])
    .map((name) => name.toLowerCase());
}

/** A list, or `"HKLM:\\…\\" + $instance + "\\…"`; `null` for any other expression. */
function assignedValue(words: readonly Word[]): readonly string[] | null {
  const [first] = words;
  if (!first) return null;
  if (words.length === 1 && first.value.startsWith('@(')) return literals(first.value.slice(2, -1));
  if (words.length > 20 || words.some(({ value }, at) => at % 2 === 1 && value !== '+')) return null;
  const text = words.map(({ value }, at) => (at % 2 === 0 ? value : '')).join('');
  return /^[@(&[]|\((?!\$\w+\))/.test(text) ? null : [text];
}

function listOf(text: string, variables: Values): readonly string[] | null {
  const name = /^\$(\w{1,60})$/.exec(text)?.[1];
  if (name !== undefined) return variables.get(name.toLowerCase()) ?? null;
  return literals(/^@\(([\s\S]*)\)$/.exec(text)?.[1] ?? text);
}

/** `'a', "b"`, on one line or several; `null` when anything else is among them. */
function literals(text: string): readonly string[] | null {
  const items = text
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const found = items.flatMap((item) => /^(["'])([^"'$]*)\1$/.exec(item)?.[2] ?? []);
  return found.length > 0 && found.length === items.length ? found : null;
}

/** The text once for each value of its variables; those that are not known stay as written. */
export function filledIn(text: string, variables: Values): readonly string[] {
  return expanded(text, REFERENCE, variables);
}
