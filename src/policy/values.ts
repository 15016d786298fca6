// Values that more than one key of the policy file takes: globs, days, protocol names.
import { isSeq } from 'yaml';
import type { Placed } from '../model/policy.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { Field, PolicyReader } from './policy-reader.ts';
import { quote } from './problems.ts';

/** Matching time grows with a power of the wildcards: more than a few is a mistake or an attack. */
const MOST_WILDCARDS = 8;
const LONGEST_GLOB = 300;

/**
 * A glob over paths relative to the checked folder, for picomatch with `dot`. A name without wildcards stands for the
 * file or for the whole folder, so it comes back with `/**`, which matches the name itself too.
 */
export function readGlob(reader: PolicyReader, field: Field | undefined): string | null {
  const text = reader.string(field, 'a path or glob such as `services/billing/**`');
  if (!text) return null;
  const glob = text.value.trim();
  const mistake = mistakeInGlob(glob);
  if (mistake) reader.wrong(text, () => `${quote(glob)} ${mistake}`);
  const path = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  return /[*?[\]{}()]/.test(path) && !glob.endsWith('/') ? path : `${path}/**`;
}

/** Paths or globs of single files; unlike {@link readGlob}, a folder's name means no file in it. */
export function readGlobs(
  reader: PolicyReader,
  field: Field | undefined,
  example: string,
): readonly Placed<string>[] {
  return readTexts(reader, field, { called: 'a path or glob', example }).map(({ value, span }) => {
    const glob = value.trim();
    const mistake = mistakeInGlob(glob);
    if (mistake) reader.wrong({ value, span }, () => `${quote(glob)} ${mistake}`);
    return { value: glob.replace(/^\.\//, ''), span };
  });
}

/** `configured-by` as a part of what it stands in: nothing where no file is named. */
export const configured = (files: readonly Placed<string>[]) =>
  files.length > 0 ? { configuredBy: files } : {};

/** A file below the checked folder, with `/`. */
export function readPath(reader: PolicyReader, field: Field | undefined, example: string): string | null {
  const text = reader.string(field, `a path such as \`${example}\``);
  if (!text) return null;
  const mistake = mistakeInPath(text.value);
  if (mistake) reader.wrong(text, () => `${quote(text.value)} ${mistake}`);
  return text.value;
}

function mistakeInPath(path: string): string | null {
  if (path.includes('\\')) return 'has a `\\`; paths are written with `/`';
  if (path.startsWith('/')) return 'begins with `/`; expected a path relative to the checked folder';
  if (path.split('/').some((part) => part === '' || part === '..'))
    return 'is no path of a file inside the checked folder';
  return path.length > LONGEST_GLOB ? `is longer than ${LONGEST_GLOB} characters` : null;
}

function mistakeInGlob(glob: string): string | null {
  if (glob.includes('\\')) return 'has a `\\`; paths are written with `/`';
  if (glob.startsWith('/')) return 'begins with `/`; expected a path relative to the checked folder';
  if (/^\.\.?\/?$|^\.\.\//.test(glob)) return 'is no path inside the checked folder; `**` matches all of it';
  if (glob.startsWith('!')) return 'begins with `!`; expected what to match, a glob cannot be negated here';
  if (glob.length > LONGEST_GLOB) return `is longer than ${LONGEST_GLOB} characters`;
  if ((glob.match(/\*+/g) ?? []).length > MOST_WILDCARDS) return `has more than ${MOST_WILDCARDS} wildcards`;
  return null;
}

/** A day as `YYYY-MM-DD` (ISO 8601), on the calendar. */
export function readDay(reader: PolicyReader, field: Field | undefined): string | null {
  const text = reader.string(field, 'a date such as `2027-03-01`');
  if (!text) return null;
  const mistake = mistakeInDay(text.value);
  if (mistake) reader.wrong(text, () => `${quote(text.value)} ${mistake}`);
  return text.value;
}

function mistakeInDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'is not a date; expected year-month-day such as `2027-03-01`';
  const time = Date.parse(`${text}T00:00:00Z`);
  const onCalendar = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  return onCalendar ? null : 'is not a day of the calendar';
}

/** A list of protocol versions, at least one. `null` when absent. */
export function readProtocols(reader: PolicyReader, field: Field | undefined): readonly Protocol[] | null {
  if (!field) return null;
  const items = reader.list(field, 'a list of protocols such as `[TLS 1.2]`', 'a protocol');
  if (isSeq(field.node) && items.length === 0)
    reader.problems.add(field.start, `${field.called} is an empty list; expected at least one protocol`);
  return items.map((item) => reader.choice(item, PROTOCOLS, 'protocol')).filter((name) => name !== null);
}

/** A list of names out of a given set, at least one. `null` when absent. */
export function readChoices(
  reader: PolicyReader,
  field: Field | undefined,
  names: readonly string[],
  what: string,
): readonly string[] | null {
  if (!field) return null;
  const items = reader.list(field, `a list such as \`[${names[0] ?? ''}]\``, `a ${what}`);
  if (isSeq(field.node) && items.length === 0)
    reader.problems.add(field.start, `${field.called} is an empty list; expected at least one ${what}`);
  return items.map((item) => reader.choice(item, names, what)).filter((name) => name !== null);
}

/** Values of the items that could be read. */
export function readTexts(
  reader: PolicyReader,
  field: Field | undefined,
  { called, example }: { readonly called: string; readonly example: string },
): readonly Placed<string>[] {
  return reader
    .list(field, `a list such as \`[${example}]\``, called)
    .map((item) => reader.text(item, example))
    .filter((text) => text !== null);
}
