// Policy file text to YAML nodes (YAML 1.2.2, core schema): syntax errors with offsets, bounded in size and depth.
import { type Alias, Composer, type Document, Lexer, type Node, Parser, visit } from 'yaml';
import type { SourceText } from '../discover/text/source-text.ts';
import { type Problems, quote } from './problems.ts';

const LARGEST = 1_000_000;
/** Open collections of the parser; a policy needs about a dozen. The composer recurses, so depth is bounded before it. */
const DEEPEST = 100;

/** `core` keeps `off`, `on`, `no` and dates as text, whatever a `%YAML` directive says. Duplicate keys are told by the reader. */
const OPTIONS = {
  version: '1.2',
  schema: 'core',
  resolveKnownTags: false,
  stringKeys: true,
  uniqueKeys: false,
  prettyErrors: false,
} as const;

/** Sentences for parser errors whose own wording would quote the file's text, or says less. */
const SENTENCES: Readonly<Record<string, string>> = {
  BAD_DIRECTIVE: 'a `%` directive that YAML 1.2 does not know',
  BAD_DQ_ESCAPE: 'an unknown escape after `\\` in double quotes; use single quotes, or write `\\\\`',
  BLOCK_AS_IMPLICIT_KEY:
    'a second `: ` on one line; put the value in quotes, or the inner key on its own line',
  NON_STRING_KEY: 'a key that is a list or a map; expected text',
  TAB_AS_INDENT: 'a tab in the indentation; YAML takes only spaces there',
  TAG_RESOLVE_FAILED: 'a tag (`!…`) that is not known here; put text that begins with `!` in quotes',
};

export interface PolicyYaml {
  readonly root: Node | null;
  /** The node that each alias stands for. */
  readonly aliases: ReadonlyMap<Alias, Node>;
}

/** The one document of the text; `null` when it cannot be read, with the reasons among the problems. */
export function parsePolicyYaml(source: SourceText, problems: Problems): PolicyYaml | null {
  if (source.text.length > LARGEST) {
    problems.add(0, `the policy file has ${source.text.length} characters; expected at most ${LARGEST}`);
    return null;
  }
  const document = compose(source.text, problems);
  for (const { code, message, pos } of [...(document?.errors ?? []), ...(document?.warnings ?? [])])
    problems.add(pos[0], () => `this is not valid YAML: ${sentence(code, message)}`);
  if (document === null || problems.any) return null;
  const aliases = resolveAliases(document, problems);
  return problems.any ? null : { root: document.contents, aliases };
}

function compose(text: string, problems: Problems): Document.Parsed | null {
  const parser = new Parser();
  const tokens = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > DEEPEST) {
      problems.add(parser.offset, 'this is nested too deeply for a policy file');
      return null;
    }
  }
  tokens.push(...parser.end());

  const documents = new Composer(OPTIONS).compose(tokens, true, text.length);
  const first = documents.next().value;
  const second = documents.next().value;
  if (second) problems.add(second.range[0], 'a second YAML document begins here; expected one');
  return first ?? null;
}

/** The parser's own words, without the piece of the file that follows a colon in some of them. */
function sentence(code: string, message: string): string {
  return SENTENCES[code] ?? (code === 'UNEXPECTED_TOKEN' ? message.replace(/: .*/s, '') : message);
}

/** An alias means the last node before it that carries its anchor. */
function resolveAliases(document: Document.Parsed, problems: Problems): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const aliases = new Map<Alias, Node>();
  visit(document, {
    Value: (_, node) => {
      if (node.anchor) anchors.set(node.anchor, node);
    },
    Alias: (_, alias) => {
      const start = alias.range?.[0] ?? 0;
      const node = anchors.get(alias.source);
      if (node) aliases.set(alias, node);
      else problems.add(start, () => `the alias ${quote(`*${alias.source}`)} has no anchor before it`);
    },
  });
  return aliases;
}
