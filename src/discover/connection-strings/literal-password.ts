/** Is a password written here, or only the place where one is going to be? */

/** What shells, pipelines, templates and formatting fill in; each anywhere in the text. */
const FILLED_IN = [
  /\$\{/, // ${VAR}: shells, Spring, JavaScript
  /\$\(/, // $(VAR): Azure Pipelines, shells
  /^\s*["']?\$\w/, // $VAR, $env:VAR
  /#\{/, // #{token}#: Octopus, Replace Tokens; Ruby
  /\{\{/, // {{ value }}: Helm, Jinja, Handlebars
  /^\s*["']?%(?:\(\w+\))?[sd]\b|^\s*["']?%[A-Za-z_]\w*%/, // %s, %(password)s; %VAR% of cmd
  /__\w+__/, // __TOKEN__
  /@\{|^\s*["']?@\w+@\s*["']?$/, // @{…}, @token@ of Maven
  /<%/, // ERB
  /^\s*["']?\{[\w.:[\]() "']*\}/, // {0}, {password}: formatted and interpolated strings
  /^["'`]?\s*[+&.]\s*\w|["'`]\s*[+&]/, // " + password + "
  /^\s*["']?[<[(].*[>\])]["']?\s*$/, // <password>, [password]
  /^\s*["']?:\w/, // :password
];
/** Somebody cut it, or says that it must be put here. */
const CUT =
  /^\W*$|^([x.\u2026\u2022])\1*$|^(?:your|my|the|enter|insert|replace|change)[\w -]*pass\w*$|^(?:password|passwd|pwd|secret|redacted|none|null|undefined|todo|changeme|placeholder)$/i;

/** `text`: the value as the lexer cut it out. Bounded by the length of a connection string. */
export function isLiteralPassword(text: string): boolean {
  const value = text.trim();
  if (value === '' || CUT.test(value)) return false;
  return !FILLED_IN.some((pattern) => pattern.test(text));
}
