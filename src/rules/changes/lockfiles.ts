/** Files that package managers write: a version in one follows from its manifest, and nobody edits it. */
const LOCKFILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.ya?ml|packages\.lock\.json|project\.assets\.json|[\w.-]+\.deps\.json|poetry\.lock|Pipfile\.lock|uv\.lock|pdm\.lock|go\.sum|Cargo\.lock|composer\.lock|Gemfile\.lock|gradle\.lockfile|bun\.lock)$/;

export const isLockfile = (path: string): boolean => LOCKFILE.test(path);
