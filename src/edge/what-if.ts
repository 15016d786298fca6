/** `--what-if`: servers as they would be, in a few words. */
import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { ServerChange } from '../model/server-change.ts';
import type { Plan } from '../model/target.ts';
import { settingsOfFile } from '../settings-of-file.ts';
import { certificateOfPem } from '../tls/certificate.ts';
import { MAX_FILE_BYTES, readText } from '../workspace/read-text.ts';

const WORDS: Readonly<Record<string, ServerChange>> = {
  'tls1.2-only': { protocols: ['TLS 1.2'] },
  'no-dhe': { without: ['DHE'] },
  'no-rsa-kex': { without: ['RSA'] },
  strict: { strict: true },
};

export const WHAT_IF_WORDS: readonly string[] = [...Object.keys(WORDS), 'cert=FILE', 'reg=FILE'];

/** All words at once; `null` when there are none. */
export function planOf(words: readonly string[]): Plan | null | { readonly complaint: string } {
  if (words.length === 0) return null;
  let change: ServerChange = {};
  for (const word of words) {
    const one = changeOf(word);
    if ('complaint' in one) return one;
    const without = [...(change.without ?? []), ...(one.without ?? [])];
    const settings = [...(change.settings ?? []), ...(one.settings ?? [])];
    change = {
      ...change,
      ...one,
      ...(without.length > 0 && { without }),
      ...(settings.length > 0 && { settings }),
    };
  }
  return {
    change,
    certificateFile: null,
    from: null,
    evidence: { strength: 'declared', statement: `asked with --what-if ${words.join(' ')}` },
  };
}

function changeOf(word: string): ServerChange | { readonly complaint: string } {
  const known = WORDS[word];
  if (known) return known;
  const [, kind, file] = /^(cert|reg)=(.+)$/.exec(word) ?? [];
  if (file === undefined)
    return { complaint: `--what-if ${word} is not one of ${WHAT_IF_WORDS.join(', ')}.` };
  const text = textOf(file);
  if (text === null) return { complaint: `--what-if ${word}: the file cannot be read.` };
  if (kind === 'reg') {
    const settings = settingsOfFile(file, text).filter(({ side }) => side !== 'client');
    return settings.length > 0
      ? { settings }
      : { complaint: `--what-if ${word}: no TLS setting for servers was found in it.` };
  }
  const certificate = certificateOfPem(text);
  return certificate ? { certificate } : { complaint: `--what-if ${word}: it holds no certificate in PEM.` };
}

/** In whatever encoding: regedit exports UTF-16. `null`: it cannot be read. */
function textOf(file: string): string | null {
  try {
    const place = realpathSync(file);
    const read = readText(dirname(place), basename(place), MAX_FILE_BYTES);
    return 'text' in read ? read.text : null;
  } catch {
    return null;
  }
}
