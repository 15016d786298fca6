/** Settings that stand by themselves, as the connection string that they mean: for files that write one keyword a line. */
import { DecodedText } from '../text/decoded.ts';

export interface Pair {
  readonly keyword: string;
  readonly value: DecodedText;
}

/** `prefix:keyword={value};…`: every place leads back to the value it comes from. */
export function connectionStringOf(pairs: readonly Pair[], prefix?: DecodedText): DecodedText {
  const pieces: string[] = [];
  const offsets: number[] = [];
  const put = (text: string, at: number) => {
    pieces.push(text);
    for (let index = 0; index < text.length; index += 1) offsets.push(at);
  };
  const copy = (value: DecodedText) => {
    for (let index = 0; index < value.text.length; index += 1) {
      const unit = value.text.charAt(index);
      put(unit === '}' ? '}}' : unit, value.sourceOffset(index));
    }
    return value.sourceOffset(value.text.length);
  };
  if (prefix) put(':', copy(prefix));
  for (const { keyword, value } of pairs) {
    const bare = /^\{[^{}]*\}$/.test(value.text) ? value.slice(1, value.text.length - 1) : value;
    put(`${keyword}={`, bare.sourceOffset(0));
    put('};', copy(bare));
  }
  return new DecodedText(pieces.join(''), [...offsets, offsets.at(-1) ?? 0]);
}
