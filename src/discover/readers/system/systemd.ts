/** systemd's units and their drop-ins, and Podman's: what `Environment=` gives to a process (systemd.exec(5)). */
import type { Reader } from '../../reader.ts';
import { DecodedText } from '../../text/decoded.ts';
import { type IniText, readIni, valuesOf } from '../../text/ini.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareVariable } from '../environment.ts';
import { withoutTemplateSuffix } from './template-name.ts';

const UNIT = /\.(?:service|container)(?:\.d\/[^/]+\.conf)?$/i;
const SECTIONS = ['service', 'container'];

export const systemd: Reader = {
  id: 'systemd',
  matches: (path) => UNIT.test(withoutTemplateSuffix(path)),
  read(source) {
    return environmentOf(source).flatMap(({ name, value }) => [...declareVariable(source, name, value)]);
  },
};

export interface Variable {
  readonly name: string;
  readonly value: DecodedText;
}

/** Every variable that a unit sets, in order. */
export function environmentOf(source: SourceText): readonly Variable[] {
  return readIni(source.text, { comments: '#;', joiner: '\\' })
    .filter(({ name }) => SECTIONS.includes(name?.text.toLowerCase() ?? ''))
    .flatMap((section) => valuesOf(section, 'environment').flatMap(unitWords))
    .flatMap((word) => {
      const equals = word.text.indexOf('=');
      return equals <= 0
        ? []
        : [{ name: word.text.slice(0, equals), value: word.slice(equals + 1, word.text.length) }];
    });
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  s: ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** Words as systemd parts them: quotes hold blanks, a backslash escapes as in C, `%%` is a percent sign (systemd.syntax(7)). */
function unitWords({ text, start }: IniText): readonly DecodedText[] {
  const words: DecodedText[] = [];
  let value = '';
  let offsets: number[] = [];
  let quote = '';
  let inWord = false;
  let end = start;
  const close = () => {
    if (inWord) words.push(new DecodedText(value, [...offsets, end]));
    [value, offsets, inWord] = ['', [], false];
  };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if (quote === '' && /\s/.test(unit)) {
      close();
      continue;
    }
    inWord = true;
    if (quote === '' ? unit === '"' || unit === "'" : unit === quote) {
      quote = quote === '' ? unit : '';
      continue;
    }
    const escaped = unit === '\\' ? ESCAPES[text.charAt(at + 1)] : undefined;
    value += escaped ?? unit;
    offsets.push(start + at);
    if (escaped !== undefined || (unit === '%' && text[at + 1] === '%')) at += 1;
    end = start + at + 1;
  }
  close();
  return words;
}
