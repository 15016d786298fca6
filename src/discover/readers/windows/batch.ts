/** Batch files of cmd.exe: `reg add` commands that set what Schannel, .NET or SQL Server read. */
import type { Reader } from '../../reader.ts';
import { BATCH, commandsOf, type Word, wordsOf } from '../../text/commands.ts';
import { assign, expanded } from './expansion.ts';
import { registryValueOfRegAdd } from './reg-add.ts';
import { declareRegistryValues, REGISTRY_WORDS } from './schannel.ts';

/** `set BASE=HKLM\…`, with quotes around the whole or none. */
const SET = /^(\w+)=(.*)$/s;
/** `%NAME%`, `!NAME!`, and `%%~P` of a loop. */
const REFERENCE = /%%~?([a-z])|[%!](\w{1,60})[%!]/gi;

export const batch: Reader = {
  id: 'batch',
  words: REGISTRY_WORDS,
  matches: (path) => /\.(?:bat|cmd)$/i.test(path),
  read(source, vocabulary) {
    const variables = new Map<string, readonly string[] | null>();
    const commands = commandsOf(wordsOf(source.text, BATCH));
    const decided = decidedBy(commands);
    const values = commands.flatMap((words, at) => {
      const [command, ...rest] = words;
      if (/^@?set$/i.test(command?.value ?? '')) {
        const [, name, value] = SET.exec(rest.map((word) => word.value).join(' ')) ?? [];
        if (name !== undefined && value !== undefined) assign(variables, name, [value]);
      }
      if (/^@?for$/i.test(command?.value ?? '')) loop(variables, decided, rest, commands[at + 1] ?? []);
      const value = registryValueOfRegAdd(words);
      return value ? expanded(value.key, REFERENCE, variables).map((key) => ({ ...value, key })) : [];
    });
    return declareRegistryValues(source, vocabulary, values);
  },
};

/** Variables of loops in conditions: what is done depends on which turn it is. */
function decidedBy(commands: readonly (readonly Word[])[]): ReadonlySet<string> {
  const conditions = commands.filter(([first]) => /^@?if$/i.test(first?.value ?? '')).flat();
  return new Set(conditions.flatMap(({ value }) => /%%~?([a-z])/i.exec(value)?.[1]?.toLowerCase() ?? []));
}

/** `for %%P in ("TLS 1.0" "TLS 1.1") do`; with an option (`/f`, `/l`) the items are something else. */
function loop(
  variables: Map<string, readonly string[] | null>,
  decided: ReadonlySet<string>,
  [variable, keyword]: readonly Word[],
  items: readonly Word[],
): void {
  const name = /^%%([a-z])$/i.exec(variable?.value ?? '')?.[1]?.toLowerCase();
  if (name === undefined || !/^in$/i.test(keyword?.value ?? '')) return;
  const values = items.map(({ value }) => value);
  const isKnown = !decided.has(name) && !values.some((value) => /[%!*?]/.test(value));
  // The next loop may use the same letter: it is another variable.
  variables.set(name, isKnown ? values : null);
}
