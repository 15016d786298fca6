/**
 * The files that drivers come as, in the notation of the catalog's rows: `sqlncli11.dll`; `libmsodbcsql-17.*.so`, whose real
 * names go on with the rest of the version (`libmsodbcsql-17.10.so.5.1`); `sqlncli.msi (11.x)`, one name for several
 * versions; `/opt/mssql-tools/bin/sqlcmd`, one of the programs of a folder.
 */
import type { NamedFile } from '../model/vocabulary.ts';

interface Row {
  readonly ecosystem: string;
  readonly name: string;
}

type Find = (text: string) => Omit<NamedFile, 'ecosystem' | 'package'> | null;

/** Longer texts are no path; this bounds the expressions' work. */
const LONGEST = 1000;

/** Reads the rows that are files; other rows are passed over. */
export function fileNameReader(rows: readonly Row[]): (text: string) => NamedFile | undefined {
  const files = rows.flatMap(({ ecosystem, name }) => {
    if (!isFile(ecosystem)) return [];
    return [{ ecosystem, package: name, stem: stemOf(name), find: FINDERS[ecosystem](name) }];
  });
  const stems = [...new Set(files.map(({ stem }) => stem))];
  const any = new RegExp(stems.map(escaped).join('|'), 'i');
  return (text) => {
    if (text.length > LONGEST || !any.test(text)) return undefined;
    for (const { find, stem: _, ...file } of files) {
      const found = find(text);
      if (found) return { ...file, ...found };
    }
    return undefined;
  };
}

const FINDERS: Readonly<Record<NamedFile['ecosystem'], (name: string) => Find>> = {
  dll: (name) => whole(new RegExp(`${BEGINS}(${escaped(name)})(?![\\w-])`, 'di')),
  so: library,
  msi: installer,
  path: (name) => whole(new RegExp(`${BEGINS}(${escaped(folderOf(name))}(?:/\\w+)?)(?![\\w.-])`, 'd')),
};

const isFile = (ecosystem: string): ecosystem is NamedFile['ecosystem'] => Object.hasOwn(FINDERS, ecosystem);

/** Not in the middle of a longer name. */
const BEGINS = '(?<![\\w.-])';
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'));
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
/** What every spelling of the name begins with. */
const stemOf = (name: string) => (name.startsWith('/') ? folderOf(name) : (/^\w+/.exec(name)?.[0] ?? name));

function whole(pattern: RegExp): Find {
  return (text) => {
    const [start, end] = pattern.exec(text)?.indices?.[1] ?? [];
    return start === undefined || end === undefined ? null : { version: null, start, end };
  };
}

/** `libmsodbcsql-17.10.so.5.1` is version 17.10.5.1; the numbers behind a name without `*` are the interface's. */
function library(name: string): Find {
  const [, stem = name, major, rest = ''] = /^(.*?)(\d+)\.\*(.*)$/.exec(name) ?? [];
  if (major === undefined)
    return whole(new RegExp(`${BEGINS}(${escaped(name)}(?:\\.\\d+)*)(?!\\.?[\\w-])`, 'd'));
  const version = `${major}\\.\\d+${escaped(rest)}(?:\\.\\d+)*`;
  const find = whole(new RegExp(`${BEGINS}${escaped(stem)}(${version})(?!\\.?[\\w-])`, 'd'));
  return (text) => {
    const found = find(text);
    return found && { ...found, version: text.slice(found.start, found.end).replace(rest, '') };
  };
}

/** `en-US/17.10.5.1/x64/msodbcsql.msi`: a folder that is a version. */
const FOLDER = /(?<=[\\/])\d+(?:\.\d+){1,3}(?=[\\/])/g;

/** The version stands in the name, else in the path; where several versions share the name it is what tells them apart. */
function installer(name: string): Find {
  const [, file = name, major] = /^(\S+)(?: \((\d+)\.x\))?$/.exec(name) ?? [];
  const stem = escaped(file.replace(/\.msi$/i, ''));
  const pattern = new RegExp(
    `${BEGINS}(${stem}(?:[-_ ]?v?(\\d+(?:\\.\\d+)*))?(?:[-_ ](?:x64|x86|amd64|arm64))?\\.msi)\\b`,
    'di',
  );
  return (text) => {
    const match = pattern.exec(text);
    const place = match?.indices?.[1];
    if (!match || !place) return null;
    const folder = [...text.slice(0, match.index).matchAll(FOLDER)].at(-1);
    const [start, end] =
      match.indices?.[2] ?? (folder ? [folder.index, folder.index + folder[0].length] : [-1, -1]);
    const written = start < 0 ? null : text.slice(start, end);
    if (major !== undefined && written?.split('.')[0] !== major) return null;
    // `msodbcsql18.msi` tells which driver it is, and not which of its versions.
    const version = written?.includes('.') ? written : null;
    return version === null ? { version, start: place[0], end: place[1] } : { version, start, end };
  };
}
