/** A repository of any size, the same each time: sources, texts and binaries of which two in a hundred say something. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Tree {
  readonly files: number;
  readonly bytes: number;
}

const FILES_PER_FOLDER = 50;
/** One in this many declares something. */
const RELEVANT_EVERY = 50;
const EXTENSIONS = ['cs', 'ts', 'java', 'py', 'go', 'md', 'css', 'svg', 'png', 'dll'];
const BINARY = new Set(['png', 'dll']);
const WORDS =
  'public static void return string int await async const function import class using var value result context options handler request response model service controller repository entity order customer invoice'.split(
    ' ',
  );

/** Makes `files` files of about `bytesEach` in `folder`, and a git index of them. */
export function makeTree(folder: string, files: number, bytesEach: number): Tree {
  const random = generator(files);
  const prose = proseOf(bytesEach * 20, random);
  const noise = Buffer.from(Array.from({ length: bytesEach * 2 }, () => Math.floor(random() * 256)));
  let bytes = 0;
  for (let index = 0; index < files; index += 1) {
    const at = join(folder, `area${Math.floor(index / 2500)}`, `part${Math.floor(index / FILES_PER_FOLDER)}`);
    const extension = EXTENSIONS[index % EXTENSIONS.length] ?? 'txt';
    const start = Math.floor(random() * bytesEach);
    const filler = BINARY.has(extension)
      ? noise.subarray(start, start + bytesEach)
      : prose.slice(start * 10, start * 10 + bytesEach);
    const said =
      index % RELEVANT_EVERY === 0 ? RELEVANT[(index / RELEVANT_EVERY) % RELEVANT.length] : undefined;
    const file = join(at, said ? said.name(index) : `file${index}.${extension}`);
    const content = said ? said.text(index, String(prose.slice(0, bytesEach))) : filler;
    if (index % FILES_PER_FOLDER === 0) mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    bytes += content.length;
  }
  execFileSync('git', ['init', '--quiet', folder]);
  execFileSync('git', ['-C', folder, 'add', '--all'], { stdio: 'ignore' });
  return { files, bytes };
}

interface Relevant {
  readonly name: (index: number) => string;
  /** `filler` is as long as other files are. */
  readonly text: (index: number, filler: string) => string;
}

const RELEVANT: readonly Relevant[] = [
  {
    name: (index) => `App${index}.csproj`,
    text: (index) =>
      `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Microsoft.Data.SqlClient" Version="5.${index % 3}.0" /></ItemGroup></Project>\n`,
  },
  {
    name: () => 'appsettings.json',
    text: (index) =>
      `{ "ConnectionStrings": { "Main": "Server=sql${index % 40}.example.com;Database=App;Integrated Security=true;Encrypt=True" } }\n`,
  },
  {
    name: () => 'package.json',
    text: (index) =>
      `{ "name": "app${index}", "dependencies": { "mssql": "^11.0.0", "express": "^4.0.0" } }\n`,
  },
  {
    name: (index) => `Store${index}.cs`,
    text: (index, filler) =>
      `${filler}\nconst string C = "Server=sql${index % 40}.example.com,1433;Database=App;Integrated Security=true";\n`,
  },
  {
    name: () => 'Dockerfile',
    text: () => 'FROM python:3.12-bookworm\nRUN apt-get install -y msodbcsql18=18.3.2.1-1\n',
  },
];

function proseOf(length: number, random: () => number): string {
  const lines: string[] = [];
  for (let size = 0; size < length; ) {
    const words = Array.from(
      { length: 4 + Math.floor(random() * 9) },
      () => WORDS[Math.floor(random() * WORDS.length)],
    );
    const line = `    ${words.join(' ')};`;
    lines.push(line);
    size += line.length + 1;
  }
  return lines.join('\n');
}

/** A linear congruential generator (Numerical Recipes): the tree must be the same in every run. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
