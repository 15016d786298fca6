/** What the NTLM challenge told, for a terminal. */
import type { NtlmFound } from '../model/ntlm.ts';
import { type Row, row } from './probe-row.ts';
import type { Paint } from './style.ts';
import { printable } from './words.ts';

export function ntlmRows(found: NtlmFound, paint: Paint): readonly Row[] {
  if (found.state === 'no-answer')
    return [row('Windows', paint.level('warning', printable(`not known: ${found.reason}`)))];
  if (found.state === 'refused')
    return [row('Windows', printable(`not told: error ${found.number}, ${found.message}`))];
  const { windows, version, dnsComputer, netbiosComputer, dnsDomain, netbiosDomain, time } = found;
  const build =
    version === null ? 'it does not say which' : `${windows ?? 'of a build we do not know'} (${version})`;
  const computer = dnsComputer ?? netbiosComputer;
  const domain = dnsDomain ?? netbiosDomain;
  const names = [
    ...(computer === null ? [] : [`computer ${computer}`]),
    ...(domain === null ? [] : [`domain ${domain}`]),
    ...(time === null ? [] : [`its clock ${time}`]),
  ];
  return [
    row('Windows', printable(build)),
    ...(names.length > 0 ? [row('', printable(names.join(', ')))] : []),
  ];
}
