/** A file's bytes as text and back, unchanged but for what is edited: encoding, byte order mark and line ends stay. */

export interface EncodedText {
  /** Without a byte order mark. */
  readonly text: string;
  /** The bytes of another text in the same encoding, mark included. */
  readonly bytesOf: (text: string) => Buffer;
}

const MARKS = [
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
] as const;

/** `null` for what does not come back as the very bytes it was: then nobody may write it. */
export function decodeText(bytes: Buffer): EncodedText | null {
  const found = MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  const mark = Buffer.from(found?.mark ?? []);
  const encodings = found ? [found.encoding] : (['utf-8', 'latin1'] as const);
  for (const encoding of encodings) {
    const bytesOf = (text: string) => Buffer.concat([mark, encoded(text, encoding)]);
    const text = decoded(bytes.subarray(mark.length), encoding);
    if (bytesOf(text).equals(bytes)) return { text, bytesOf };
  }
  return null;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

function decoded(bytes: Buffer, encoding: Encoding): string {
  if (encoding !== 'utf-16be') return bytes.toString(encoding);
  return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf-16le') : '';
}

const encoded = (text: string, encoding: Encoding) =>
  encoding === 'utf-16be' ? Buffer.from(text, 'utf-16le').swap16() : Buffer.from(text, encoding);
