/** `--what-if`: servers as they would be, in a few words. */
import { readFileSync } from 'node:fs';
import type { ServerChange } from '../model/server-change.ts';
import type { Plan } from '../model/target.ts';
import { settingsOfFile } from '../settings-of-file.ts';
import { certificateOfPem } from '../tls/certificate.ts';

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
    change = { ...change, ...one, ...(without.length > 0 && { without }) };
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
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { complaint: `--what-if ${word}: the file cannot be read.` };
  }
  if (kind === 'reg') {
    const settings = settingsOfFile(file, text).filter(({ side }) => side !== 'client');
    return settings.length > 0
      ? { settings }
      : { complaint: `--what-if ${word}: no TLS setting for servers was found in it.` };
  }
  const certificate = certificateOfPem(text);
  return certificate ? { certificate } : { complaint: `--what-if ${word}: it holds no certificate in PEM.` };
}
