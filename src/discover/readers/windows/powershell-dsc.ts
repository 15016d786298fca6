/**
 * PowerShell DSC configurations: `Registry`, the resources of SChannelDsc, `SqlSetup` and `SqlSecureConnection`
 * (about_DSC_Configurations: `Type Name { Property = value }`).
 */
import type { Reader } from '../../reader.ts';
import { POWERSHELL, type Word, wordsOf } from '../../text/commands.ts';
import { type DscProperty, declareDscResource } from './dsc-resource.ts';
import { dataOf } from './powershell-data.ts';
import { REGISTRY_WORDS } from './schannel.ts';
import { withoutAsides } from './without-asides.ts';

const WORDS = new RegExp(`${REGISTRY_WORDS.source}|sqlsetup|sqlsecureconnection|cipher|protocol`, 'i');

export const powershellDsc: Reader = {
  id: 'powershell-dsc',
  words: WORDS,
  matches: (path) => /\.psm?1$/i.test(path),
  read(source, vocabulary) {
    const words = wordsOf(withoutAsides(source.text), POWERSHELL);
    return words.flatMap((_, at) => {
      const type = typeBefore(words, at);
      return type ? declareDscResource(source, vocabulary, type.value, propertiesAfter(words, at)) : [];
    });
  },
};

/** The type of the resource whose brace is at `at`; the brace may stand on a line of its own. */
function typeBefore(words: readonly Word[], at: number): Word | null {
  if (words[at]?.value !== '{' || !words[at]?.isMark) return null;
  let last = at - 1;
  while (words[last]?.value === '\n') last -= 1;
  const [type, name] = [words[last - 1], words[last]];
  return type && !type.isMark && name && !name.isMark && /^[a-z]\w*$/i.test(type.value) ? type : null;
}

/** `Property = value` up to the brace that closes the resource. */
function propertiesAfter(words: readonly Word[], at: number): ReadonlyMap<string, DscProperty> {
  const properties = new Map<string, DscProperty>();
  for (let next = at + 1; next < words.length && !/^[{}]$/.test(words[next]?.value ?? ''); next += 1) {
    const [name, equals, value] = [words[next], words[next + 1], words[next + 2]];
    if (!name || name.isMark || equals?.value !== '=' || !value || value.isMark) continue;
    if (value.end > value.start)
      properties.set(name.value.toLowerCase(), {
        data: dataOf(value.value),
        start: value.start,
        end: value.end,
      });
    next += 2;
  }
  return properties;
}
