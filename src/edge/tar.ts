/** A tar archive of one file, as `docker cp -` reads it: the ustar format of POSIX.1-2017, pax. */

const BLOCK = 512;

export interface TarEntry {
  /** Without a leading `/`, 100 bytes at most. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly uid: number;
  readonly gid: number;
}

/** A file that all may read and its owner may write (0644), with the date 0: equal input, equal bytes. */
export function tarOf({ path, content, uid, gid }: TarEntry): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, width: number) =>
    header.write(value.toString(8).padStart(width - 1, '0'), at, 'latin1');
  header.write(path, 0, 100, 'utf8');
  octal(0o644, 100, 8);
  octal(uid, 108, 8);
  octal(gid, 116, 8);
  octal(content.length, 124, 12);
  octal(0, 136, 12);
  header.write('0', 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  // The checksum counts its own eight bytes as blanks.
  header.fill(' ', 148, 156);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  header.writeUInt8(0, 154);
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding, Buffer.alloc(2 * BLOCK)]);
}
