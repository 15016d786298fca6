/** `freetds.conf.j2` becomes `freetds.conf`: what is not filled in yet is unresolved, the rest of it counts. */
export const withoutTemplateSuffix = (path: string): string =>
  path.replace(/\.(?:j2|tmpl|tpl|template|in|dist|erb)$/i, '');
