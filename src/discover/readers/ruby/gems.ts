/** `Gemfile`, `*.gemspec` and `Gemfile.lock` (Bundler, gemfile(5); RubyGems, "Specification Reference"). None of them is run. */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** `gem "name", "~> 1.2", ">= 1.2.1"` and `spec.add_dependency("name", "~> 1.2")`; group 3 is every requirement. */
const DEPENDENCY =
  /^[ \t]*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)[ \t]*\(?[ \t]*(["'])([\w-]+)\1((?:[ \t]*,[ \t]*["'][^"'\n]*["'])*)/dgm;
const BLOCK_COMMENT = /^=begin\b[\s\S]*?(?:^=end\b|$(?![\s\S]))/gm;

export const gemfile: Reader = {
  id: 'gemfile',
  matches: (path) => /(?:^|\/)(?:Gemfile|gems\.rb|[^/]+\.gemspec|[^/]+\.gemfile)$/.test(path),
  read(source, vocabulary) {
    const code = source.text.replace(BLOCK_COMMENT, (comment) => comment.replace(/[^\n]/g, ' '));
    return [...code.matchAll(DEPENDENCY)].flatMap(({ 2: name = '', 3: rest = '', indices }) => {
      const [first, last] = quotedIn(rest);
      const at = indices?.[3]?.[0] ?? 0;
      const version = first && last ? requirement(rest.slice(first.start - 1, last.end + 1)) : null;
      const place =
        first && last && version !== null
          ? { start: at + first.start, end: at + last.end }
          : { start: indices?.[2]?.[0] ?? 0, end: indices?.[2]?.[1] ?? 0 };
      return driver(source, vocabulary, name, version, 'uses', place);
    });
  },
};

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The first and the last text in quotes, inside of them. */
function quotedIn(list: string): readonly [Place | undefined, Place | undefined] {
  const places = [...list.matchAll(/(["'])([^"'\n]*)\1/dg)].map(({ indices }) => ({
    start: indices?.[2]?.[0] ?? 0,
    end: indices?.[2]?.[1] ?? 0,
  }));
  return [places[0], places.at(-1)];
}

/** In the words of the others: `~> 2.1` is `>=2.1 <3`, `~> 2.1.3` is `>=2.1.3 <2.2`, `= 2.1` is `2.1`. */
function requirement(list: string): string | null {
  const parts = [...list.matchAll(/["']([^"'\n]*)["']/g)].flatMap(({ 1: one = '' }) => {
    const [, operator = '=', version] = /^\s*(~>|>=|<=|!=|=|>|<)?\s*v?(\d[\w.]*)\s*$/.exec(one) ?? [];
    if (version === undefined || operator === '!=') return [];
    if (operator === '=') return [version];
    if (operator !== '~>') return [`${operator}${version}`];
    return [version.split('.').length > 2 ? `~${version}` : `^${version}`];
  });
  return parts.length > 0 ? parts.join(' ') : null;
}

/** A gem with its version under `specs:`: four blanks; what it depends on stands deeper. */
const LOCKED = /^ {4}([\w-]+) \((\d[\w.]*?)(?:-[a-z][\w-]*)?\)\r?$/dgm;

export const gemfileLock: Reader = {
  id: 'gemfile-lock',
  matches: (path) => /(?:^|\/)(?:Gemfile|gems|[^/]+\.gemfile)\.lock(?:ed)?$/.test(path),
  read(source, vocabulary) {
    return [...source.text.matchAll(LOCKED)].flatMap(({ 1: name = '', 2: version = '', indices }) => {
      const [start = 0, end = 0] = indices?.[2] ?? [];
      return driver(source, vocabulary, name, version, 'pins', { start, end });
    });
  },
};

function driver(
  source: SourceText,
  vocabulary: Vocabulary,
  name: string,
  version: string | null,
  role: DriverDeclaration['role'],
  place: Place,
): DriverDeclaration[] {
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'rubygems',
    package: name,
    version,
    role,
    ...place,
  });
}
