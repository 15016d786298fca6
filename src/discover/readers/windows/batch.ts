/** Batch files of cmd.exe: `reg add` commands that set what Schannel, .NET or SQL Server read. */
import type { Reader } from '../../reader.ts';
import { BATCH, commandsOf, wordsOf } from '../../text/commands.ts';
import { registryValueOfRegAdd } from './reg-add.ts';
import { declareRegistryValues } from './schannel.ts';

/** `set BASE=HKLM\…`, with quotes around the whole or none. */
const SET = /^(\w+)=(.*)$/s;

export const batch: Reader = {
  id: 'batch',
  matches: (path) => /\.(?:bat|cmd)$/i.test(path),
  read(source, vocabulary) {
    const variables = new Map<string, string | null>();
    const values = commandsOf(wordsOf(source.text, BATCH)).flatMap((words) => {
      const [command, ...rest] = words;
      if (/^@?set$/i.test(command?.value ?? ''))
        remember(variables, rest.map(({ value }) => value).join(' '));
      const value = registryValueOfRegAdd(words);
      return value ? [{ ...value, key: filledIn(value.key, variables) }] : [];
    });
    return declareRegistryValues(source, vocabulary, values);
  },
};

/** What is set twice is left open. */
function remember(variables: Map<string, string | null>, assignment: string): void {
  const [, name, value] = SET.exec(assignment) ?? [];
  if (name === undefined || value === undefined) return;
  const key = name.toLowerCase();
  const known = !variables.has(key) || variables.get(key) === value;
  variables.set(key, known && !/[%!]/.test(value) ? value : null);
}

function filledIn(text: string, variables: ReadonlyMap<string, string | null>): string {
  return text.replace(
    /[%!](\w{1,60})[%!]/g,
    (whole, name: string) => variables.get(name.toLowerCase()) ?? whole,
  );
}
