/**
 * Text → the documents of a YAML file (YAML 1.2), by the kept parser. It is stopped where a text would cost more than any
 * that people write: it takes a microsecond or more for each lexeme, however short, and seconds for some texts that are no YAML.
 */
import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { Unreadable } from '../reader.ts';

/** Larger files of this kind are not written by people, and the parser is slow on them. */
const MAX_LENGTH = 512 * 1024;
/** A blank, a line's end, a dash, a value are two lexemes or one. Dense files that people write have one for two or three characters. */
const LEXEMES = { least: 10_000, forEachCharacter: 0.45 };
/** Open collections: people nest a dozen. */
const MAX_NESTING = 200;
/** A file with as many mistakes is no YAML: to find the others takes seconds. */
const MAX_ERRORS = 100;
/** A bundle of manifests has hundreds. */
const MAX_DOCUMENTS = 5000;
/** People give a few dozen names to nodes. */
const MAX_ANCHORS = 2000;
const ANCHOR = /[\s[,:]&[\w-]/g;

/** Every scalar is the text that is written: readers ask for no number, and `1.10` is none. */
const OPTIONS = {
  schema: 'failsafe',
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
} as const;

/** @throws {Unreadable} for a text that is refused as a whole; else mistakes stand with their documents. */
export function documentsOf(text: string): readonly Document.Parsed[] {
  if (text.length > MAX_LENGTH) throw new Unreadable('the file is larger than 512 KB of YAML', 0);
  if ((text.match(ANCHOR)?.length ?? 0) > MAX_ANCHORS) throw new Unreadable('too many anchors', 0);
  let mistakes = 0;
  const count = () => {
    mistakes += 1;
    if (mistakes > MAX_ERRORS) throw new Unreadable('this is no YAML', 0);
  };
  // The library makes an Error of each mistake; their stacks, which nobody sees, would cost most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return [...counting(new Composer(OPTIONS), count).compose(tokensOf(text, count), true, text.length)];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function* tokensOf(text: string, count: () => void): Generator<CST.Token> {
  const parser = new Parser();
  let lexemes = LEXEMES.least + LEXEMES.forEachCharacter * text.length;
  let documents = 0;
  for (const lexeme of new Lexer().lex(text)) {
    lexemes -= 1;
    if (lexemes < 0) throw new Unreadable('too many short parts for a text of this length', parser.offset);
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') count();
      if (token.type === 'document') documents += 1;
      yield token;
    }
    if (parser.stack.length > MAX_NESTING) throw new Unreadable('nested too deeply', parser.offset);
    if (documents > MAX_DOCUMENTS) throw new Unreadable('too many documents', parser.offset);
  }
  yield* parser.end();
}

/** The composer collects its mistakes in a property of its own: there is no other way to hear of the hundredth. */
function counting(composer: Composer, count: () => void): Composer {
  const collect: unknown = Reflect.get(composer, 'onError');
  if (typeof collect === 'function')
    Reflect.set(composer, 'onError', (...mistake: readonly unknown[]) => {
      count();
      collect(...mistake);
    });
  return composer;
}
