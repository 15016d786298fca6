/** How programming languages write comments and texts, as far as a connection string can tell the difference. Data. */

/** A way to write a text. */
export interface TextForm {
  /** What opens it, as the source of an expression; the first form that matches at a place counts. */
  readonly open: string;
  /** What closes it; `null`: as many quotes as opened it. */
  readonly close: string | null;
  /**
   * How its own marks are written inside: after a backslash or a backtick, doubled, as entities of XML; `null`: not at
   * all.
   */
  readonly escapes: '\\' | '`' | 'doubled' | 'xml' | null;
  /**
   * What in it is computed: `{x}` (`{{` is a brace), `${x}` and `$x` as far as they are written so, `#{x}`; `null`: nothing.
   */
  readonly holes: '{' | '${' | '$' | '#{' | null;
  /** It may go over the end of a line. */
  readonly lines: boolean;
}

export interface Language {
  /** Sources of expressions that open a comment to the end of the line. */
  readonly lineComments: readonly string[];
  /** `close` is the mark itself; `''` for something that `open` matches as a whole. */
  readonly blockComments: readonly { readonly open: string; readonly close: string }[];
  readonly texts: readonly TextForm[];
  /** What joins two texts to one: the operator, as the source of an expression; `null`: nothing does. */
  readonly joins: string | null;
}

const form = (
  open: string,
  escapes: TextForm['escapes'],
  { close = open, holes = null, lines = false }: Partial<Omit<TextForm, 'open' | 'escapes'>> = {},
): TextForm => ({ open, close, escapes, holes, lines });

const SLASHES = { lineComments: ['//'], blockComments: [{ open: '/\\*', close: '*/' }] };
const HASH = { lineComments: ['#'], blockComments: [] };
const QUOTES = [form('"', '\\'), form("'", '\\')];
const TRIPLE = form('"""', null, { lines: true });

const CSHARP: Language = {
  ...SLASHES,
  texts: [
    form('\\$+"{3,}', null, { close: null, holes: '{', lines: true }),
    form('"{3,}', null, { close: null, lines: true }),
    form('(?:\\$@|@\\$)"', 'doubled', { close: '"', holes: '{', lines: true }),
    form('@"', 'doubled', { close: '"', lines: true }),
    form('\\$"', '\\', { close: '"', holes: '{' }),
    ...QUOTES,
  ],
  joins: '\\+',
};
const VISUAL_BASIC: Language = {
  lineComments: ["'"],
  blockComments: [],
  texts: [form('\\$"', 'doubled', { close: '"', holes: '{' }), form('"', 'doubled')],
  joins: '[&+](?:[ \\t]*_[ \\t]*\\r?\\n)?',
};
const FSHARP: Language = {
  lineComments: ['//'],
  blockComments: [{ open: '\\(\\*(?!\\))', close: '*)' }],
  texts: [
    form('\\$"""', null, { close: '"""', holes: '{', lines: true }),
    TRIPLE,
    form('@"', 'doubled', { close: '"', lines: true }),
    form('\\$"', '\\', { close: '"', holes: '{', lines: true }),
    form('"', '\\', { lines: true }),
  ],
  joins: '\\+',
};
const JAVA: Language = {
  ...SLASHES,
  texts: [form('"""', '\\', { lines: true }), ...QUOTES],
  joins: '\\+',
};
/** Kotlin, Scala, Groovy, Dart. */
const WITH_TEMPLATES: Language = {
  ...SLASHES,
  texts: [
    form('"""', null, { holes: '$', lines: true }),
    form('"', '\\', { holes: '$' }),
    form("'", '\\', { holes: '$' }),
  ],
  joins: '\\+',
};
const JAVASCRIPT: Language = {
  ...SLASHES,
  texts: [...QUOTES, form('`', '\\', { holes: '${', lines: true })],
  joins: '\\+',
};
const PYTHON: Language = {
  ...HASH,
  texts: ['"""', "'''", '"', "'"].flatMap((quote) => [
    form(`\\b[fF][rR]?${quote}|\\b[rR][fF]${quote}`, '\\', {
      close: quote,
      holes: '{',
      lines: quote.length > 1,
    }),
    form(`(?:\\b[rRbBuU]{1,2})?${quote}`, '\\', { close: quote, lines: quote.length > 1 }),
  ]),
  joins: '\\+?',
};
const GO: Language = {
  ...SLASHES,
  texts: [...QUOTES, form('`', null, { lines: true })],
  joins: '\\+',
};
/** `'a` is a lifetime, `'"'` a character. */
const RUST: Language = {
  lineComments: ['//'],
  blockComments: [...SLASHES.blockComments, { open: "'(?:\\\\.|[^\\\\'\\n])'", close: '' }],
  texts: [
    form('\\br#"', null, { close: '"#', lines: true }),
    form('\\br"', null, { close: '"', lines: true }),
    form('"', '\\', { lines: true }),
  ],
  joins: null,
};
const PHP: Language = {
  lineComments: ['//', '#(?!\\[)'],
  blockComments: [{ open: '/\\*', close: '*/' }],
  texts: [form('"', '\\', { holes: '$' }), form("'", '\\')],
  joins: '\\.',
};
const RUBY: Language = {
  lineComments: ['#'],
  blockComments: [{ open: '^=begin\\b', close: '\n=end' }],
  texts: [form('"', '\\', { holes: '#{' }), form("'", '\\')],
  joins: '\\+|<<|\\\\?',
};
const PERL: Language = {
  ...HASH,
  texts: [form('"', '\\', { holes: '$' }), form("'", '\\')],
  joins: '\\.',
};
const POWERSHELL: Language = {
  lineComments: ['#'],
  blockComments: [{ open: '<#', close: '#>' }],
  texts: [
    form('@"[ \\t]*\\r?\\n', '`', { close: '\n"@', holes: '$', lines: true }),
    form("@'[ \\t]*\\r?\\n", null, { close: "\n'@", lines: true }),
    form('"', '`', { holes: '$' }),
    form("'", 'doubled'),
  ],
  joins: '\\+',
};
const SQL: Language = {
  lineComments: ['--'],
  blockComments: [{ open: '/\\*', close: '*/' }],
  texts: [form("[nN]?'", 'doubled', { close: "'", lines: true })],
  joins: '\\+',
};
/** `$#` and `a#b` hold no comment. */
const SHELL: Language = {
  lineComments: ['(?<![^\\s;])#'],
  blockComments: [],
  texts: [form('"', '\\', { holes: '$' }), form("'", null)],
  joins: null,
};
const BATCH: Language = {
  lineComments: ['^[ \\t]*@?[rR][eE][mM]\\b', '^[ \\t]*::'],
  blockComments: [],
  texts: [
    form('^[ \\t]*@?[sS][eE][tT] +"\\w+=', null, { close: '"' }),
    form('^[ \\t]*@?[sS][eE][tT] +\\w+=', null, { close: '\n' }),
    form('"', null),
  ],
  joins: null,
};
const R: Language = { ...HASH, texts: QUOTES, joins: null };
/** Attribute values, and what stands between tags. */
const MARKUP: Language = {
  lineComments: [],
  blockComments: [
    { open: '<!--', close: '-->' },
    { open: '@\\*', close: '*@' },
  ],
  texts: [
    form('=[ \\t]*"', 'xml', { close: '"', lines: true }),
    form("=[ \\t]*'", 'xml', { close: "'", lines: true }),
    form('>', 'xml', { close: '<', lines: true }),
  ],
  joins: null,
};
const JSON_WITH_COMMENTS: Language = { ...SLASHES, texts: [form('"', '\\')], joins: null };

const EXTENSIONS: readonly (readonly [Language, string])[] = [
  [CSHARP, 'cs csx'],
  [VISUAL_BASIC, 'vb vbs bas cls frm asp'],
  [FSHARP, 'fs fsx fsi'],
  [JAVA, 'java c cc cpp cxx h hpp'],
  [WITH_TEMPLATES, 'kt kts scala sc groovy gradle dart'],
  [JAVASCRIPT, 'js mjs cjs jsx ts mts cts tsx vue svelte'],
  [PYTHON, 'py pyw'],
  [GO, 'go'],
  [RUST, 'rs'],
  [PHP, 'php inc phtml'],
  [RUBY, 'rb rake erb ex exs'],
  [PERL, 'pl pm'],
  [POWERSHELL, 'ps1 psm1 psd1'],
  [SQL, 'sql'],
  [SHELL, 'sh bash zsh ksh'],
  [BATCH, 'bat cmd'],
  [R, 'r rmd'],
  [MARKUP, 'xml cshtml vbhtml razor aspx ascx asmx xaml html htm jsp wxs nuspec targets props xsd'],
  [JSON_WITH_COMMENTS, 'json jsonc json5 tf tfvars bicep'],
];
const BY_EXTENSION: ReadonlyMap<string, Language> = new Map(
  EXTENSIONS.flatMap(([language, names]) => names.split(' ').map((name) => [name, language] as const)),
);

/** The language of a file by its extension, without case; `undefined` for any other file. */
export function languageOf(path: string): Language | undefined {
  return BY_EXTENSION.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}
