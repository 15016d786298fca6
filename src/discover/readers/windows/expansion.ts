/** Variables in the texts of a script: one value, those that a loop goes through, or `null` for what is not known. */

export type Values = ReadonlyMap<string, readonly string[] | null>;

/** No path is longer; this bounds what variables in variables can grow to. */
const MAX_LENGTH = 1000;
const MAX_TEXTS = 64;
const MAX_ROUNDS = 8;

/**
 * The text once for each value of its variables; one that is not known stays as written. The last group of `reference`
 * that took part is the name.
 */
export function expanded(text: string, reference: RegExp, values: Values): readonly string[] {
  let texts: readonly string[] = [text];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = texts.flatMap((one) => onceExpanded(one, reference, values));
    if (next.length > MAX_TEXTS || next.some(({ length }) => length > MAX_LENGTH)) return [text];
    if (next.every((one, at) => one === texts[at])) break;
    texts = next;
  }
  return texts;
}

/** The first variable that is known, wherever it stands. */
function onceExpanded(text: string, reference: RegExp, values: Values): readonly string[] {
  if (text.length > MAX_LENGTH) return [text];
  const found = [...text.matchAll(reference)].find((match) => values.get(nameIn(match)) != null);
  const name = found && nameIn(found);
  if (name === undefined) return [text];
  return (values.get(name) ?? []).map((value) =>
    [...text.matchAll(reference)]
      .filter((match) => nameIn(match) === name)
      .reduceRight(
        (all, { 0: whole, index }) => all.slice(0, index) + value + all.slice(index + whole.length),
        text,
      ),
  );
}

const nameIn = (match: RegExpMatchArray) =>
  match
    .slice(1)
    .findLast((group) => group !== undefined)
    ?.toLowerCase() ?? '';

/** Adds a value; what is assigned twice, and differently, is left open. */
export function assign(
  values: Map<string, readonly string[] | null>,
  name: string,
  assigned: readonly string[] | null,
): void {
  const key = name.toLowerCase();
  const before = values.get(key);
  const isSame = before === undefined || JSON.stringify(before) === JSON.stringify(assigned);
  values.set(key, isSame ? assigned : null);
}
