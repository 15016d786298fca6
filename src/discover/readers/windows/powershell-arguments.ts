/** Arguments of one PowerShell command (about_Parameters): by name, by an unambiguous beginning of it, or by position. */
import type { Word } from '../../text/commands.ts';

const WITH_VALUE = [
  'path',
  'literalpath',
  'name',
  'value',
  'propertytype',
  'type',
  'position',
  'erroraction',
  'ea',
  'warningaction',
];
const SWITCHES = new Set(['force', 'confirm', 'whatif', 'passthru', 'verbose', 'debug']);

/** Values by the name of their parameter in lower case. What comes from splatting (`@settings`) is not among them. */
export function argumentsOf(
  words: readonly Word[],
  positions: readonly string[],
): Readonly<Record<string, Word | undefined>> {
  const found: Record<string, Word> = {};
  const bare: Word[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (!word) break;
    const name = /^-([a-z]+)$/i.exec(word.value)?.[1]?.toLowerCase();
    const next = words[at + 1];
    if (name === undefined) bare.push(word);
    else if (!SWITCHES.has(name) && next) {
      const full = WITH_VALUE.find((one) => one === name) ?? WITH_VALUE.find((one) => one.startsWith(name));
      found[full ?? name] ??= next;
      at += 1;
    }
  }
  const open = positions.filter((position) => !(position in found));
  for (const [index, word] of bare.entries()) {
    const position = open[index];
    if (position !== undefined && !word.value.startsWith('@')) found[position] = word;
  }
  return found;
}
