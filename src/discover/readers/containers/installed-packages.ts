/** Which packages a command installs, as each package manager spells name and version. */
import type { Ecosystem } from '../../../model/declaration.ts';
import type { Word } from './shell-words.ts';

export interface InstalledPackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Exact version or range as written, without a distribution's revision; `null` when none is. */
  readonly version: string | null;
  /** Place of the version, else of the name, as offsets into the word's value. */
  readonly at: readonly [start: number, end: number];
}

type Parse = (word: string, known: readonly string[]) => Omit<InstalledPackage, 'ecosystem'> | null;

interface Manager {
  readonly ecosystem: Ecosystem;
  /** `null`: every argument is a package. */
  readonly verbs: readonly string[] | null;
  /** The word behind such an option is the version. */
  readonly versionOption?: RegExp;
  readonly parse: Parse;
}

/** `name`, `name:arch`, `name=version`, `name/release`, apt-get(8). */
const APT: Manager = {
  ecosystem: 'apt',
  verbs: ['install', 'reinstall'],
  parse: grammar(/^([\w.+-]+)(?::\w+)?(?:\/.*|=(.+))?$/d),
};
/** `name=version`, `name~1.2`, `name>1.2`, each with `@repository`, apk-world(5). */
const APK: Manager = {
  ecosystem: 'apk',
  verbs: ['add'],
  parse: grammar(/^([\w.+-]+?)(?:=(\d[^@]*)|([=<>~]+[^@]*))?(?:@.*)?$/d),
};
const RPM: Manager = {
  ecosystem: 'rpm',
  verbs: ['install', 'reinstall', 'in', 'localinstall'],
  parse: parseRpm,
};
/** `name[extra]==1.2; marker`, PEP 508. */
const PIP: Manager = {
  ecosystem: 'pypi',
  verbs: ['install'],
  parse: grammar(/^([\w.-]+?)\s*(?:\[[^\]]*\])?\s*(?:===?\s*([\w.!+]+)|([=<>~!][^;]*))?\s*(?:;.*)?$/d),
};
/** `name@range`, `@scope/name@range`, npm-install(1). */
const NPM: Manager = {
  ecosystem: 'npm',
  verbs: ['install', 'i', 'add'],
  parse: grammar(/^(@?[^@]+)(?:@(.+))?$/d),
};

/** `name-1.2`, `name-beta`, https://www.php.net/manual/install.pecl.pear.php */
const PECL: Manager = {
  ecosystem: 'pecl',
  verbs: ['install', 'upgrade'],
  parse: grammar(/^([A-Za-z]\w*)(?:-(?:(\d[\w.]*|\$.+)|[a-z]+))?$/d),
};
/** Those of PHP's own source, by the script of the `php` images. */
const PHP_EXTENSION: Manager = {
  ecosystem: 'docker-image',
  verbs: null,
  parse: (word) => ({ name: `docker-php-ext-install ${word}`, version: null, at: [0, word.length] }),
};
/** `name`, `name:1.2`, `name -v 1.2`, gem(1). */
const GEM: Manager = {
  ecosystem: 'rubygems',
  verbs: ['install', 'i'],
  versionOption: /^(?:-v|--version)$/,
  parse: grammar(/^([\w.-]+)(?::(.+))?$/d),
};
/** `tap/owner/name@version`, brew(1). */
const BREW: Manager = {
  ecosystem: 'brew',
  verbs: ['install', 'reinstall', 'upgrade'],
  parse: grammar(/^(?:[\w.-]+\/[\w.-]+\/)?([\w.+-]+)(?:@(\d[\w.]*))?$/d),
};
/** `Publisher.Package`, without case, "winget install". */
const WINGET: Manager = {
  ecosystem: 'winget',
  verbs: ['install', 'add', 'upgrade'],
  versionOption: /^(?:-v|--version)$/,
  parse: parseCaseless,
};
/** `channel::name=1.2=build`, `name>=1.2`, "Package match specifications". */
const CONDA: Manager = {
  ecosystem: 'conda',
  verbs: ['install', 'create'],
  parse: grammar(/^(?:[\w./-]+::)?([\w.-]+)\s*(?:={1,2}(\d[^=*]*)(?:=.*)?|([=<>~!]+.*))?$/d),
};

const MANAGERS: readonly (readonly [RegExp, Manager])[] = [
  [/^(apt|apt-get|aptitude)$/, APT],
  [/^apk$/, APK],
  [/^(yum|dnf|microdnf|tdnf|zypper)$/, RPM],
  [/^pip[\d.]*$/, PIP],
  [/^(npm|yarn|pnpm)$/, NPM],
  [/^(pecl|pickle)$/, PECL],
  // https://github.com/mlocati/docker-php-extension-installer
  [/^install-php-extensions$/, { ...PECL, verbs: null }],
  [/^docker-php-ext-install$/, PHP_EXTENSION],
  [/^gem$/, GEM],
  [/^brew$/, BREW],
  [/^winget(\.exe)?$/i, WINGET],
  [/^(conda|mamba|micromamba)$/, CONDA],
];
/** Words before the command itself: `sudo -E env A=1 apt-get …`, `if ! apk add …`, `python3 -m pip …`, `uv pip …`. */
const BEFORE = /^(sudo|env|exec|time|nice|command|then|do|else|if|!|\{|uv|python[\d.]*|-.*|\w+=.*)$/;
const FILE_NAME =
  /(?:^|[/\\])([a-z][\w.+]*?(?:-[a-z][\w.+]*?)*)[_-](\d[\w.~+]*(?:-[a-z]?\d[\w.~+]*?)?)(?:[._-](?:amd64|arm64|x86_64|aarch64|all|noarch))?\.(deb|apk|rpm)(?:[?#].*)?$/d;
const OF_SYSTEMS: readonly Ecosystem[] = ['apt', 'apk', 'rpm'];
/** Longer words name no package; this also bounds the expressions' work. */
const LONGEST_WORD = 500;
const ECOSYSTEM_OF_FILE: Readonly<Record<string, Ecosystem>> = { deb: 'apt', apk: 'apk', rpm: 'rpm' };

/** `packagesOf` says which names count; file names (`curl …/msodbcsql17_17.4.2.1-1_amd64.apk`) count in any command. */
export function installedPackages<W extends Word>(
  command: readonly W[],
  packagesOf: (ecosystem: Ecosystem) => readonly string[],
): { readonly word: W; readonly installed: InstalledPackage }[] {
  const first = command.findIndex(({ value }) => !BEFORE.test(value));
  const name = command[first]?.value.replace(/^.*\//, '') ?? '';
  const manager = MANAGERS.find(([names]) => names.test(name))?.[1];
  const verb = manager?.verbs
    ? command.findIndex(({ value }, index) => index > first && manager.verbs?.includes(value))
    : first;
  const versionAt = 1 + command.findIndex(({ value }) => manager?.versionOption?.test(value));
  const version = versionAt > 0 ? command[versionAt] : undefined;
  return command.flatMap((word, index) => {
    if (word.heredoc || word.value.length > LONGEST_WORD) return [];
    const named = manager && verb >= 0 && index > verb ? packageNamed(word.value, manager, packagesOf) : null;
    const installed = packageFile(word.value) ?? named;
    if (!installed) return [];
    if (installed !== named || !version || installed.version !== null)
      return [{ word, installed: withoutRevision(installed) }];
    const { value } = version;
    return [
      { word: version, installed: known({ ...installed, version: value, at: [0, value.length] as const }) },
    ];
  });
}

function packageNamed(
  word: string,
  { ecosystem, parse }: Manager,
  packagesOf: (ecosystem: Ecosystem) => readonly string[],
): InstalledPackage | null {
  if (word.startsWith('-')) return null;
  const parsed = parse(word, packagesOf(ecosystem));
  return parsed && { ecosystem, ...parsed };
}

function packageFile(word: string): InstalledPackage | null {
  const [, name, version, extension] = FILE_NAME.exec(word) ?? [];
  const ecosystem = ECOSYSTEM_OF_FILE[extension ?? ''];
  if (name === undefined || version === undefined || ecosystem === undefined) return null;
  const start = word.lastIndexOf(version);
  return { ecosystem, name, version, at: [start, start + version.length] };
}

/** Group 1 is the name, group 2 an exact version, group 3 a range with its operators. */
function grammar(pattern: RegExp): Parse {
  return (word) => {
    const match = pattern.exec(word);
    const name = match?.[1];
    const at = match?.indices?.[2] ?? match?.indices?.[3] ?? match?.indices?.[1];
    if (name === undefined || at === undefined) return null;
    const version = match?.[2] ?? match?.[3];
    return { name, version: version?.trim() ?? null, at };
  };
}

/** `name-version-release.arch`: only a known name tells where the version begins. */
function parseRpm(word: string, known: readonly string[]): ReturnType<Parse> {
  for (const name of known) {
    if (!word.startsWith(name)) continue;
    const match = /^(?:-(\d[\w.~+]*?(?:-[\w.~+]*?)?))?(?:\.(?:x86_64|aarch64|noarch))?$/.exec(
      word.slice(name.length),
    );
    if (!match) continue;
    const version = match[1];
    if (version === undefined) return { name, version: null, at: [0, name.length] };
    return { name, version, at: [name.length + 1, name.length + 1 + version.length] };
  }
  return null;
}

function parseCaseless(word: string, known: readonly string[]): ReturnType<Parse> {
  const name = known.find((one) => one.toLowerCase() === word.toLowerCase());
  return name === undefined ? null : { name, version: null, at: [0, word.length] };
}

/** What one word names in the spelling of an ecosystem's package manager, for files that list packages. */
export function packageIn(
  word: string,
  ecosystem: Ecosystem,
  packagesOf: (ecosystem: Ecosystem) => readonly string[],
): InstalledPackage | null {
  const manager = MANAGERS.find(([, one]) => one.ecosystem === ecosystem)?.[1];
  if (!manager || word.length > LONGEST_WORD) return null;
  const installed = packageFile(word) ?? packageNamed(word, manager, packagesOf);
  return installed && withoutRevision(installed);
}

/** What stands in a variable that nobody fills in is not known. */
function known(installed: InstalledPackage): InstalledPackage {
  return /\$|\{\{|<</.test(installed.version ?? '') ? { ...installed, version: null } : installed;
}

/** The packaging's own counter does not belong to the version: `17.10.5.1-1`, `1.3.20-r0`. */
function withoutRevision(installed: InstalledPackage): InstalledPackage {
  const { ecosystem, version } = installed;
  if (version === null || known(installed).version === null || !OF_SYSTEMS.includes(ecosystem))
    return known(installed);
  return { ...installed, version: version.replace(/-[a-z]?\d[\w.~+]*$/, '') };
}
