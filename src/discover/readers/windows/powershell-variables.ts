/** Variables of a PowerShell script that are assigned one text; what is assigned twice, or computed, is left open. */
import type { Word } from '../../text/commands.ts';

export type Variables = ReadonlyMap<string, string | null>;

const NAME = /^(?:\[\w+\])?\$(?:(?:script|global|local|private):)?(\w{1,60})$/i;
const REFERENCE = /\$\(\$(\w{1,60})\)|\$\{(\w{1,60})\}|\$(?:(?:script|global):)?(\w{1,60})/gi;
/** No path is longer; this bounds what variables in variables can grow to. */
const MAX_LENGTH = 1000;

export function variablesOf(commands: readonly (readonly Word[])[]): Variables {
  const variables = new Map<string, string | null>();
  for (const words of commands) {
    const loop = /^foreach\(\s*\$(\w{1,60})\s+in\b/i.exec(`${words[0]?.value}${words[1]?.value ?? ''}`)?.[1];
    if (loop !== undefined) variables.set(loop.toLowerCase(), null);
    const [target, equals, value, ...more] = words;
    const name = NAME.exec(target?.value ?? '')?.[1]?.toLowerCase();
    if (name === undefined || !/^[-+*]?=$/.test(equals?.value ?? '')) continue;
    const text = equals?.value === '=' && value ? joined([value, ...more], variables) : null;
    const isNew = !variables.has(name) || variables.get(name) === text;
    variables.set(name, isNew ? text : null);
  }
  return variables;
}

/** `"HKLM:\\…\\" + $instance + "\\…"`; `null` for any other expression. References that are not known stay as written. */
function joined(words: readonly Word[], variables: Variables): string | null {
  if (words.length > 20 || words.some(({ value }, at) => at % 2 === 1 && value !== '+')) return null;
  const text = words.map(({ value }, at) => (at % 2 === 0 ? filledIn(value, variables) : '')).join('');
  return text.length > MAX_LENGTH || /^[@(&[]|\(/.test(text) ? null : text;
}

/** References to what is known replaced by it; the others stay as written. */
export function filledIn(text: string, variables: Variables): string {
  if (text.length > MAX_LENGTH) return text;
  const filled = text.replace(REFERENCE, (whole, inner?: string, braced?: string, plain?: string) => {
    return variables.get((inner ?? braced ?? plain ?? '').toLowerCase()) ?? whole;
  });
  return filled.length > MAX_LENGTH ? text : filled;
}
