// Texts of a given length that make lexers work: one mark over and over, nested, never closed; and files of the corpus, repeated.

const MARKS = [
  '"',
  "'",
  '`',
  '{',
  '[',
  '(',
  '<',
  '<a>',
  '<a ',
  '</',
  '<!--',
  '/*',
  '//',
  '#',
  '#{',
  '${',
  '{{',
  '{{ .x }}',
  '$(',
  '\\',
  '\\\n',
  '=',
  '==',
  'a=',
  '[a]\n',
  '[[a]]\n',
  '[[[',
  '{a={',
  '- ',
  '- - ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  'a: &a [*a]\n',
  '*a ',
  '? ',
  '"a":',
  '[{"a":',
  'a "b" {\n',
  '<<E\n',
  "'''",
  '"""',
  '@"',
  '$"{',
  'Server=',
  'Server=x;',
  'Password=',
  'jdbc:sqlserver://',
  'mssql://a:',
  '@',
  '://',
  'FROM a\n',
  'RUN a \\\n',
  'ENV a=b\n',
  'require (\n',
  'gem "',
  '-----',
  ';',
  '&quot;',
  '%41',
  'é',
  '\u{1F600}',
  '"hex(7)":hex(7):41,00,\\\n',
  'reg add "HKLM" /v a\n',
  'Set-ItemProperty -Path `\n',
  "'a' + ",
  '"a" + ',
  'resource "a" "b" {',
  'mssql+',
  'x.',
  'a.b.c = ',
] as const;

export interface HostileText {
  readonly name: string;
  readonly text: string;
}

const repeated = (unit: string, length: number) =>
  unit.repeat(Math.ceil(length / Math.max(1, unit.length))).slice(0, length);

/** Each of about `length` UTF-16 units. `words`: said once before it, so that no reader turns away at the first look. */
export function hostileTexts(length: number, words = ''): readonly HostileText[] {
  return MARKS.map((mark) => ({ name: JSON.stringify(mark), text: words + repeated(mark, length) }));
}

export const corpusTexts = (
  files: readonly { readonly path: string; readonly text: string }[],
  length: number,
) =>
  files.map(({ path, text }) => ({
    path,
    name: `${path} again and again`,
    text: repeated(`${text}\n`, length),
  }));
