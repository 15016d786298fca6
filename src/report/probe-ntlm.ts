/** What the NTLM challenge told, for a terminal. */
import type { NtlmFound } from '../model/ntlm.ts';
import { wrapped } from './display-width.ts';
import { MARGIN, type Row, row } from './probe-row.ts';
import type { Paint } from './style.ts';
import { printable } from './words.ts';

const BEGAN = 'a login was begun for this and not ended: the server may have logged one that failed';
const TRIED = 'a login may have begun for this: the server may have logged one that failed';

/** What it is, what it is called, and what asking left behind. */
export function ntlmRows(found: NtlmFound, width: number, paint: Paint): readonly Row[] {
  const lines = (text: string) => wrapped(printable(text), width - MARGIN);
  const answer = wordsOf(found).flatMap(lines);
  const told = found.state === 'challenged' || found.state === 'refused';
  const texts = [
    ...answer.map((text) => (told ? text : paint.level('warning', text))),
    ...(found.state === 'not-asked' ? [] : lines(told ? BEGAN : TRIED).map(paint.dim)),
  ];
  return texts.map((text, at) => row(at === 0 ? 'Windows' : '', text));
}

function wordsOf(found: NtlmFound): string[] {
  if (found.state === 'not-asked') return [`not asked: ${found.reason}`];
  if (found.state === 'no-answer') return [`not known: ${found.reason}`];
  if (found.state === 'refused') return [`not told: error ${found.number}, ${found.message}`];
  const { windows, version, dnsComputer, netbiosComputer, dnsDomain, netbiosDomain, time } = found;
  const computer = dnsComputer ?? netbiosComputer;
  const domain = dnsDomain ?? netbiosDomain;
  const names = [
    ...(computer === null ? [] : [`computer ${computer}`]),
    ...(domain === null ? [] : [`domain ${domain}`]),
    ...(time === null ? [] : [`its clock ${time}`]),
  ];
  return [
    version === null ? 'it does not say which' : `${windows ?? 'of a build we do not know'} (${version})`,
    ...(names.length > 0 ? [names.join(', ')] : []),
  ];
}
