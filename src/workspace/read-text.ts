/** One file's text: regular files inside the folder only, bounded, in the encodings that editors and Visual Studio write. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FileRead } from '../model/workspace.ts';
import { errorCode } from './error-code.ts';

export const MAX_FILE_BYTES = 2 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** `root` is an absolute path without symlinks. A leading byte order mark is not part of the text. */
export function readText(root: string, path: string, maxBytes: number): FileRead {
  const place = join(root, path);
  try {
    const problem = inspect(root, place);
    if (problem !== null) return { problem };
    const bytes = readBounded(place, maxBytes);
    return bytes.length > maxBytes
      ? { problem: `the file is larger than ${sizeText(maxBytes)}`, tooLarge: true }
      : decode(path, bytes);
  } catch (error) {
    return { problem: `the file ${failure(error)}` };
  }
}

/** What speaks against opening it; `null` when nothing does. */
function inspect(root: string, place: string): string | null {
  const found = lstatSync(place);
  if (found.isSymbolicLink()) return 'the file is a symbolic link, which is not followed';
  if (!found.isFile()) return 'this is not a regular file';
  const inside = realpathSync.native(place).startsWith(root.endsWith(sep) ? root : root + sep);
  return inside ? null : 'the path leads out of the checked folder';
}

/** At most one byte more than `maxBytes`, whatever the file's size says. */
function readBounded(place: string, maxBytes: number): Buffer {
  // The file may have become a link or a FIFO since it was inspected; Windows has neither flag.
  const file = openSync(
    place,
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
  );
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    // One unit more than the size, so that one call reads the file and sees its end.
    let room = Math.min(fstatSync(file).size, maxBytes) + 1;
    while (length <= maxBytes) {
      const buffer = Buffer.allocUnsafe(room);
      const read = readSync(file, buffer, 0, room, null);
      chunks.push(buffer.subarray(0, read));
      length += read;
      if (read < room) break;
      room = Math.min(CHUNK_BYTES, maxBytes + 1 - length);
    }
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
}

/** Group Policy's registry.pol, version 1: two-byte units without a mark. Numbers and certificates among them are no text. */
const REGISTRY_POL = Buffer.from('PReg\u0001\0\0\0', 'latin1');

/** Files that Windows' old editors, and Java's properties, write in one byte for each character. */
const SINGLE_BYTE = /\.(?:reg|bat|cmd|ps1|psm1|vb|vbs|bas|cls|asp|sql|ini|cs|java|c|cc|cpp|h|properties)$/i;

function decode(path: string, bytes: Buffer): FileRead {
  if (bytes.subarray(0, REGISTRY_POL.length).equals(REGISTRY_POL))
    return { text: new TextDecoder('utf-16le').decode(bytes) };
  const encoding = encodingOf(bytes);
  const padded = encoding === 'utf-8' ? bytes.indexOf(0) : -1;
  // Some tools pad a text with NULs to the length it had before.
  const kept = padded < 0 ? bytes : bytes.subarray(0, padded);
  if (padded >= 0 && (padded === 0 || !bytes.subarray(padded).every((byte) => byte === 0)))
    return { problem: 'the file is binary, not text' };
  const fallback = SINGLE_BYTE.test(path) && encoding === 'utf-8' ? 'windows-1252' : encodingOfXml(kept);
  const text = decodeAs(encoding, kept) ?? decodeAs(fallback, kept);
  return text === null ? { problem: `the file is not valid ${encoding.toUpperCase()} text` } : { text };
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Old configuration files say `encoding="windows-1252"` or `"iso-8859-1"` and mean it. */
function encodingOfXml(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, 200);
  return /^<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(start)?.[1] ?? null;
}

function decodeAs(encoding: string | null, bytes: Buffer): string | null {
  if (encoding === null) return null;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MB` : `${bytes} bytes`;
}

const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'no longer exists',
  ENOTDIR: 'no longer exists',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  ELOOP: 'is a symbolic link, which is not followed',
};

function failure(error: unknown): string {
  const code = errorCode(error) ?? 'unknown error';
  return FAILURES[code] ?? `cannot be read: ${code}`;
}
