/** Variables of pipelines that have a literal value in the same file: a matrix, `variables:`. */

/** A value with the place where it is written. */
export interface PlacedValue {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** By name; a matrix gives one name several. */
export type Values = ReadonlyMap<string, readonly PlacedValue[]>;

/** Longer texts are scripts; this also bounds the work. */
const LONGEST = 500;

/**
 * `written` with its references filled in, once per value of the first that has several. `reference` finds them (its first
 * group that takes part is the name). The place is the value's where that is all there is, or one of several; else that
 * of `written`. What has no value stays as it is.
 */
export function filled(written: PlacedValue, reference: RegExp, values: Values): PlacedValue[] {
  const { value: text } = written;
  if (text.length > LONGEST) return [written];
  const nameOf = (match: readonly (string | undefined)[]) => match.slice(1).find((group) => group) ?? '';
  const references = [...text.matchAll(reference)];
  const several = references.find((match) => (values.get(nameOf(match))?.length ?? 0) > 1);
  const alone = references[0]?.[0] === text ? references[0] : undefined;
  const leading = several ?? alone;
  const chosen = leading ? (values.get(nameOf(leading)) ?? []) : [];
  const put = (choice: PlacedValue | null) =>
    references.reduceRight((whole, match) => {
      const name = nameOf(match);
      const value = leading && name === nameOf(leading) ? choice : (values.get(name)?.[0] ?? null);
      const end = match.index + match[0].length;
      return value === null ? whole : whole.slice(0, match.index) + value.value + whole.slice(end);
    }, text);
  if (chosen.length === 0) return [{ ...written, value: put(null) }];
  return chosen.map((choice) => ({ ...choice, value: put(choice) }));
}
