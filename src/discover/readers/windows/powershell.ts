/**
 * PowerShell: registry values that TLS depends on, cipher suites and curves switched on and off, and the protocols of
 * .NET's ServicePointManager. A script is a program and none of it is run: only literals are read.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.management/set-itemproperty
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Reader } from '../../reader.ts';
import { commandsOf, POWERSHELL, type Word, wordsOf } from '../../text/commands.ts';
import type { SourceText } from '../../text/source-text.ts';
import { policyDeclaration } from '../tls-policy-declaration.ts';
import type { Values } from './expansion.ts';
import { argumentsOf } from './powershell-arguments.ts';
import { dataOf } from './powershell-data.ts';
import { filledIn, variablesOf } from './powershell-variables.ts';
import { registryValueOfRegAdd } from './reg-add.ts';
import { declareRegistryValues, REGISTRY_WORDS, type RegistryData, type RegistryValue } from './schannel.ts';
import { servicePointManager } from './service-point-manager.ts';
import { withoutAsides } from './without-asides.ts';

const WORDS = new RegExp(
  `${REGISTRY_WORDS.source}|tlsciphersuite|tlsecccurve|servicepointmanager|securityprotocol`,
  'i',
);

export const powershell: Reader = {
  id: 'powershell',
  words: WORDS,
  matches: (path) => /\.psm?1$/i.test(path),
  read(source, vocabulary) {
    const code = withoutAsides(source.text);
    const commands = commandsOf(wordsOf(code, POWERSHELL));
    const variables = variablesOf(commands);
    const values = commands.flatMap((words) => {
      const value = registryValueOfRegAdd(words);
      if (value) return settled(value, variables);
      // The provider takes `/` for `\`: `RC4 128/128` becomes a key below `RC4 128`, which Schannel does not read.
      const provided = registryValueOf(words);
      return provided
        ? settled(provided, variables).map((one) => ({ ...one, key: one.key.replaceAll('/', '\\') }))
        : [];
    });
    return [
      ...declareRegistryValues(source, vocabulary, values),
      ...commands.flatMap((words) => cipherSuites(source, words, variables)),
      ...servicePointManager(source, code),
    ];
  },
};

const SETS = /^(?:new-itemproperty|set-itemproperty|sp)$/i;

function registryValueOf(words: readonly Word[]): RegistryValue | null {
  const [command, ...rest] = words;
  if (!SETS.test(command?.value ?? '')) return null;
  const { path, literalpath, name, value } = argumentsOf(rest, ['path', 'name', 'value']);
  const key = path ?? literalpath;
  if (!key || !name || !value) return null;
  return { key: key.value, name: name.value, data: dataOf(value.value), place: value, keyPlace: key };
}

/** The value once for each key that a loop goes through. */
function settled(value: RegistryValue, variables: Values): readonly RegistryValue[] {
  const data = dataIn(value.data, variables);
  return filledIn(value.key, variables).map((key) => ({ ...value, key, data }));
}

function dataIn(data: RegistryData, variables: Values): RegistryData {
  if (typeof data !== 'string') return data;
  const [text = '', ...others] = filledIn(data, variables);
  return others.length > 0 || /\$[\w({]/.test(text) ? null : text;
}

/** https://learn.microsoft.com/powershell/module/tls */
const SWITCHES: Readonly<
  Record<string, { readonly setting: 'cipher-suites' | 'groups'; readonly value: boolean }>
> = {
  'disable-tlsciphersuite': { setting: 'cipher-suites', value: false },
  'enable-tlsciphersuite': { setting: 'cipher-suites', value: true },
  'disable-tlsecccurve': { setting: 'groups', value: false },
  'enable-tlsecccurve': { setting: 'groups', value: true },
};

/** A suite that stands in a variable is one whose state nobody knows. */
function cipherSuites(
  source: SourceText,
  [command, ...rest]: readonly Word[],
  variables: Values,
): Declaration[] {
  const meant = SWITCHES[command?.value.toLowerCase() ?? ''];
  const { name } = argumentsOf(rest, ['name', 'position']);
  if (!meant || !name || name.end <= name.start) return [];
  return filledIn(name.value, variables).map((suite) => {
    const isKnown = /^[\w.-]+$/.test(suite);
    const [subject, value] = isKnown ? [suite, meant.value] : [null, null];
    const policy = { configuration: 'schannel', side: 'both', setting: meant.setting } as const;
    return policyDeclaration(source, { ...policy, subject, value }, name);
  });
}
