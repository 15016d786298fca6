/** The servers that `probe` is asked about: arguments and hosts files, every mistake told at once. */
import { readFileSync } from 'node:fs';
import { labProfile } from '../lab/profiles.ts';
import { parseEndpoint } from '../model/endpoint.ts';
import { isImageReference } from '../model/image.ts';
import type { Address } from '../model/target.ts';

export interface AskedEndpoint {
  /** As people wrote it. */
  readonly written: string;
  readonly address: Address;
}

export type Endpoints = { readonly endpoints: readonly AskedEndpoint[] } | { readonly complaint: string };

const FORMS = 'host,port, host\\INSTANCE, lab:PROFILE or container:IMAGE';
const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** More complaints than anyone reads. */
const MAX_COMPLAINTS = 20;
/** `-` as a file is standard input. */
const STANDARD_INPUT = 0;

/** Each server once, in the order they came: the arguments, then the files. */
export function endpointsOf(written: readonly string[], files: readonly string[]): Endpoints {
  const found = new Map<string, AskedEndpoint>();
  const complaints: string[] = [];
  const take = (text: string, place: string) => {
    const address = addressOf(text);
    // Host names are the same in either case, tags of images are not.
    const key = text.startsWith('container:') ? text : text.toLowerCase();
    if (!('complaint' in address)) found.set(key, { written: text, address });
    else complaints.push(`${place}${address.complaint}`);
  };
  for (const text of written) take(text, '');
  for (const file of files) {
    const lines = linesOf(file);
    if ('complaint' in lines) return lines;
    for (const { text, line } of lines) take(text, `${file === '-' ? 'standard input' : file}:${line}: `);
  }
  if (complaints.length > 0) {
    const more = complaints.length - MAX_COMPLAINTS;
    const shown = complaints.slice(0, MAX_COMPLAINTS);
    return { complaint: [...shown, ...(more > 0 ? [`… and ${more} more like these.`] : [])].join('\n') };
  }
  if (found.size === 0) return { complaint: `probe needs an endpoint: ${FORMS}.` };
  return { endpoints: [...found.values()] };
}

interface HostLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** One endpoint to a line; blank lines and what follows a `#` are left out. */
function linesOf(file: string): readonly HostLine[] | { readonly complaint: string } {
  let text: string;
  try {
    text = readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : `${code}`;
    return { complaint: `${file} cannot be read: ${why}.` };
  }
  if (text.length > MAX_FILE_BYTES)
    return { complaint: `${file} is longer than 16 MB: is it a list of hosts?` };
  return text.split(/\r\n|\r|\n/).flatMap((whole, index) => {
    const entry = whole
      .replace(/#.*/, '')
      .replace(/^\uFEFF/, '')
      .trim();
    return entry === '' ? [] : [{ text: entry, line: index + 1 }];
  });
}

function addressOf(written: string): Address | { readonly complaint: string } {
  if (written.startsWith('lab:')) {
    const profile = written.slice('lab:'.length);
    if (labProfile(profile)) return { kind: 'lab', profile };
    return { complaint: `There is no lab profile "${profile}"; \`lab --list\` names them.` };
  }
  if (written.startsWith('container:')) {
    const image = written.slice('container:'.length);
    if (isImageReference(image)) return { kind: 'container', image, mssqlConf: null };
    return { complaint: `"${image}" is no image; expected container:IMAGE, as docker pull takes it.` };
  }
  const endpoint = parseEndpoint(written);
  if (endpoint) return { kind: 'network', endpoint };
  return { complaint: `"${written}" is no endpoint; expected ${FORMS}.` };
}
