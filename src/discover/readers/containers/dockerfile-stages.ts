/**
 * The instructions that make the image a Dockerfile ends with: those of its last stage and of the stages that one is
 * built on, with the build arguments' defaults (Dockerfile reference: FROM, ARG, "Environment replacement").
 */
import { Arg, DockerfileParser, Env, From, type Instruction, type Property } from 'dockerfile-ast';
import { Unreadable } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';

/** A value with the place where it is written. */
export interface PlacedValue {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export type Variables = ReadonlyMap<string, PlacedValue>;

export interface FinalImage {
  /** The image reference that everything stands on, its variables filled in; the place is that of the reference. */
  readonly base: PlacedValue;
  /** In order of building, each with the variables that are set before it: valid until the next step is taken. */
  readonly steps: Iterable<{ readonly instruction: Instruction; readonly variables: Variables }>;
  /** Joins lines: `\` unless the file says otherwise. */
  readonly joiner: string;
}

interface Stage {
  readonly image: PlacedValue;
  /** The stage whose name the image is. */
  readonly parent: Stage | null;
  readonly instructions: Instruction[];
}

type Range = ReturnType<Instruction['getRange']>;

/**
 * `null` when the file has no instruction at all.
 * @throws {Unreadable} when there is no image to build on.
 */
export function finalImage(source: SourceText): FinalImage | null {
  // The parser ends a line at a lone carriage return, which editors and offsets here do not.
  const file = DockerfileParser.parse(source.text.replace(/\r(?!\n)/g, ' '));
  const instructions = file.getInstructions();
  const [first] = instructions;
  if (!first) return null;
  const { last, globals } = stagesOf(source, instructions);
  const chain: Stage[] = [];
  for (let stage = last; stage; stage = stage.parent) chain.push(stage);
  chain.reverse();
  const [base] = chain;
  if (!base) throw new Unreadable('expected a FROM instruction', startOf(source, first.getRange()));
  const joiner = file.getEscapeCharacter();
  return { base: base.image, steps: stepsOf(source, chain, globals), joiner };
}

function stagesOf(source: SourceText, instructions: readonly Instruction[]) {
  const named = new Map<string, Stage>();
  const globals = new Map<string, PlacedValue>();
  let last: Stage | null = null;
  for (const instruction of instructions) {
    if (instruction instanceof From) {
      const image = imageOf(source, instruction, globals);
      last = { image, parent: named.get(image.value.toLowerCase()) ?? null, instructions: [] };
      const name = instruction.getBuildStage()?.toLowerCase();
      if (name !== undefined) named.set(name, last);
    } else if (last) last.instructions.push(instruction);
    else if (instruction instanceof Arg) define(source, instruction.getProperty(), globals);
  }
  return { last, globals };
}

function imageOf(source: SourceText, from: From, globals: Variables): PlacedValue {
  const range = from.getImageRange();
  if (!range)
    throw new Unreadable('expected the name of an image after FROM', startOf(source, from.getRange()));
  const place = placeOf(source, range);
  return { ...place, value: expand(place.value, globals) };
}

function* stepsOf(source: SourceText, chain: readonly Stage[], globals: Variables): FinalImage['steps'] {
  const variables = new Map<string, PlacedValue>();
  for (const instruction of chain.flatMap(({ instructions }) => instructions)) {
    yield { instruction, variables };
    if (instruction instanceof Arg) define(source, instruction.getProperty(), variables, globals);
    if (instruction instanceof Env) {
      for (const property of instruction.getProperties()) define(source, property, variables);
    }
  }
}

/** An ARG without a value takes the default it has before the first FROM. */
function define(
  source: SourceText,
  property: Property | null,
  variables: Map<string, PlacedValue>,
  globals: Variables = new Map(),
): void {
  const name = property?.getName();
  if (!property || !name) return;
  const written = propertyValue(source, property) ?? globals.get(name);
  if (written) variables.set(name, resolve(written, variables));
}

/** Value of an ARG or ENV as written, without the quotes around it. */
export function propertyValue(source: SourceText, property: Property): PlacedValue | null {
  const range = property.getValueRange();
  if (!range || property.getValue() === null) return null;
  const place = placeOf(source, range);
  const quoted = place.value.length >= 2 && /^(["'])[\s\S]*\1$/.test(place.value);
  return quoted ? { value: place.value.slice(1, -1), start: place.start + 1, end: place.end - 1 } : place;
}

/** A value that is nothing but a variable is written where the variable gets its value. */
function resolve(written: PlacedValue, variables: Variables): PlacedValue {
  const alone = /^\$(?:(\w+)|\{(\w+)\})$/.exec(written.value);
  const variable = variables.get(alone?.[1] ?? alone?.[2] ?? '');
  return variable ?? { ...written, value: expand(written.value, variables) };
}

/** Variables that a text names, in order. */
export function variablesIn(text: string, variables: Variables): PlacedValue[] {
  return [...text.matchAll(VARIABLE)].flatMap(
    ([, plain, braced]) => variables.get(plain ?? braced ?? '') ?? [],
  );
}

const LONGEST_VALUE = 1000;
const VARIABLE = /\$(?:(\w+)|\{(\w+)(?::?([-+])([^${}]*))?\})/g;

/**
 * `$name`, `${name}`, `${name:-default}` and `${name:+other}`; unknown variables stay as written, and so does a text
 * that is, or would become, longer than any image or package name (`ENV A=$A$A`, forty times).
 */
export function expand(text: string, variables: Variables): string {
  if (text.length > LONGEST_VALUE) return text;
  const expanded = text.replace(VARIABLE, (written, plain, braced, operator, word) => {
    const value = variables.get(plain ?? braced)?.value;
    if (operator === '+') return value ? word : '';
    if (operator === '-') return value || word;
    return value ?? written;
  });
  return expanded.length > LONGEST_VALUE ? text : expanded;
}

export function placeOf(source: SourceText, range: Range): PlacedValue {
  const start = startOf(source, range);
  const end = source.offset(range.end.line + 1, range.end.character + 1);
  return { value: source.text.slice(start, end), start, end };
}

function startOf(source: SourceText, { start }: Range): number {
  return source.offset(start.line + 1, start.character + 1);
}
