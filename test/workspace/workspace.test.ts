import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openWorkspace, WorkspaceError } from '../../src/workspace/workspace.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'workspace-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, content: string | Uint8Array = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function git(...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: root,
    stdio: 'ignore',
  });
}

async function listed(folder = root): Promise<readonly string[]> {
  return (await openWorkspace(folder)).list();
}

const onPosix = process.platform === 'win32' ? test.skip : test;

describe('opening', () => {
  test('a missing folder is said in a sentence', async () => {
    const missing = openWorkspace(join(root, 'nowhere'));
    await expect(missing).rejects.toThrow(WorkspaceError);
    await expect(missing).rejects.toThrow(`The folder "${join(root, 'nowhere')}" does not exist.`);
  });

  test('a file is no folder, nor is a path below a file', async () => {
    put('pom.xml');
    await expect(openWorkspace(join(root, 'pom.xml'))).rejects.toThrow('is a file; expected a folder');
    await expect(openWorkspace(join(root, 'pom.xml', 'x'))).rejects.toThrow(WorkspaceError);
  });

  test('an empty folder has no files', async () => {
    expect(await listed()).toEqual([]);
  });

  onPosix('a folder that is a symlink is opened as what it leads to', async () => {
    put('real/app/.env', 'A=1');
    symlinkSync(join(root, 'real'), join(root, 'link'));
    const workspace = await openWorkspace(join(root, 'link'));
    expect(await workspace.list()).toEqual(['app/.env']);
    expect(await workspace.read('app/.env')).toEqual({ text: 'A=1' });
  });
});

/** The same tree must give the same files with git and without. */
describe.each(['with git', 'without git'])('listing %s', (how) => {
  beforeEach(() => {
    if (how === 'with git') git('init', '--quiet');
  });

  test('sorted by code unit, with slashes, hidden files included', async () => {
    for (const path of ['b.txt', 'a/z.txt', 'B.txt', 'a.txt', '.env', 'é.txt', 'a b/"c".txt']) put(path);
    expect(await listed()).toEqual(['.env', 'B.txt', 'a b/"c".txt', 'a.txt', 'a/z.txt', 'b.txt', 'é.txt']);
  });

  test('nested .gitignore files count, the inner one wins', async () => {
    put('.gitignore', '*.log\n/build/\n');
    put('keep/.gitignore', '!important.log\nlocal.*\n');
    for (const path of [
      'a.log',
      'build/x.txt',
      'sub/build/x.txt',
      'keep/important.log',
      'keep/other.log',
      'keep/local.json',
      'keep/deep/local.json',
      'local.json',
    ]) {
      put(path);
    }
    expect(await listed()).toEqual([
      '.gitignore',
      'keep/.gitignore',
      'keep/important.log',
      'local.json',
      'sub/build/x.txt',
    ]);
  });

  onPosix('symlinks are not followed: no loop, no way out', async () => {
    const outside = mkdtempSync(join(realpathSync(tmpdir()), 'outside-'));
    try {
      writeFileSync(join(outside, 'secret.env'), 'x');
      put('a/file.txt');
      symlinkSync('..', join(root, 'a', 'loop'));
      symlinkSync(outside, join(root, 'out'));
      symlinkSync(join(outside, 'secret.env'), join(root, '.env'));
      symlinkSync('a/file.txt', join(root, 'same.txt'));
      symlinkSync('nowhere', join(root, 'dangling'));
      expect(await listed()).toEqual(['a/file.txt']);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  onPosix('a FIFO is no file', async () => {
    put('file.txt');
    execFileSync('mkfifo', [join(root, '.env')]);
    expect(await listed()).toEqual(['file.txt']);
    const { read } = await openWorkspace(root);
    expect(await read('.env')).toEqual({ problem: 'this is not a regular file' });
  });
});

describe('listing with git', () => {
  beforeEach(() => git('init', '--quiet'));

  test('tracked, staged and untracked files; not deleted ones, not those of .git/info/exclude', async () => {
    for (const path of ['committed', 'staged', 'untracked', 'deleted', 'excluded']) put(path);
    put('.git/info/exclude', 'excluded\n');
    git('add', 'committed', 'deleted');
    git('commit', '--quiet', '--message', 'x');
    git('add', 'staged');
    unlinkSync(join(root, 'deleted'));
    expect(await listed()).toEqual(['committed', 'staged', 'untracked']);
  });

  test('a tracked file counts although .gitignore names it', async () => {
    put('.env');
    git('add', '.env');
    put('.gitignore', '.env\n');
    expect(await listed()).toContain('.env');
  });

  test('a folder of the work tree lists its own files, relative to itself', async () => {
    put('.gitignore', '*.log\n');
    put('services/api/app.config');
    put('services/api/app.log');
    expect(await listed(join(root, 'services'))).toEqual(['api/app.config']);
  });

  test('a folder that git ignores is still listed when it is the one to check', async () => {
    put('.gitignore', 'out/\n');
    put('out/app.config');
    expect(await listed(join(root, 'out'))).toEqual(['app.config']);
  });

  test('a nested repository is not ours', async () => {
    put('mine.txt');
    put('theirs/file.txt');
    execFileSync('git', ['init', '--quiet'], { cwd: join(root, 'theirs') });
    execFileSync('git', ['add', '.'], { cwd: join(root, 'theirs') });
    expect(await listed()).toEqual(['mine.txt']);
  });

  test('a repository that git cannot read is walked', async () => {
    put('.gitignore', '*.log\n');
    put('a.txt');
    put('a.log');
    put('.git/HEAD', 'nonsense');
    expect(await listed()).toEqual(['.gitignore', 'a.txt']);
  });

  onPosix('no program that the repository names is started', async () => {
    put('a.txt');
    put('hook.sh', '#!/bin/sh\ntouch "$(dirname "$0")/started"\n');
    execFileSync('chmod', ['+x', join(root, 'hook.sh')]);
    git('config', 'core.fsmonitor', join(root, 'hook.sh'));
    expect(await listed()).toEqual(['a.txt', 'hook.sh']);
    expect(await listed()).toEqual(['a.txt', 'hook.sh']);
  });

  test('GIT_DIR of a hook does not lead to another repository', async () => {
    put('a.txt');
    put('excluded');
    put('.git/info/exclude', 'excluded\nother/\n');
    execFileSync('git', ['init', '--quiet', '--bare', 'other'], { cwd: root });
    process.env.GIT_DIR = join(root, 'other');
    try {
      expect(await listed()).toEqual(['a.txt']);
    } finally {
      delete process.env.GIT_DIR;
    }
  });
});

describe('listing without git', () => {
  test('node_modules and .git are never entered', async () => {
    for (const path of ['a.txt', 'node_modules/x/package.json', 'sub/node_modules/x.txt', 'sub/.git/config'])
      put(path);
    expect(await listed()).toEqual(['a.txt']);
  });
});

describe('reading', () => {
  async function read(path: string, maxFileBytes?: number) {
    return (await openWorkspace(root, maxFileBytes === undefined ? {} : { maxFileBytes })).read(path);
  }

  test('UTF-8 as it is, without its byte order mark', async () => {
    put('plain', 'Straße 🔒\r\n');
    put('marked', '\ufeffStraße');
    put('empty', '');
    expect(await read('plain')).toEqual({ text: 'Straße 🔒\r\n' });
    expect(await read('marked')).toEqual({ text: 'Straße' });
    expect(await read('empty')).toEqual({ text: '' });
  });

  test('UTF-16 of both orders, as Visual Studio writes it', async () => {
    const little = Buffer.from('\ufeff<a>é</a>', 'utf16le');
    put('little', little);
    put('big', Buffer.from(little).swap16());
    expect(await read('little')).toEqual({ text: '<a>é</a>' });
    expect(await read('big')).toEqual({ text: '<a>é</a>' });
    put('odd', little.subarray(0, little.length - 1));
    expect(await read('odd')).toEqual({ problem: 'the file is not valid UTF-16LE text' });
  });

  test("Group Policy's registry.pol is UTF-16LE without a mark", async () => {
    const units = '\u5250\u6765\u0001\0[a\0;b\0;\u0004\0;\u0004\0;\ud800\0]';
    put('registry.pol', Buffer.from(units, 'utf16le'));
    // Half a pair is no character; it stays one unit.
    expect(await read('registry.pol')).toEqual({ text: units.replace('\ud800', '\ufffd') });
  });

  test('what an XML declaration says of the encoding, when it is not UTF-8', async () => {
    put(
      'web.config',
      Buffer.from('<?xml version="1.0" encoding="windows-1252"?><!-- caf\u00e9 -->', 'latin1'),
    );
    expect(await read('web.config')).toEqual({
      text: '<?xml version="1.0" encoding="windows-1252"?><!-- café -->',
    });
    put('lies.config', Buffer.from('<?xml version="1.0" encoding="nonsense"?><!-- caf\u00e9 -->', 'latin1'));
    expect(await read('lies.config')).toEqual({ problem: 'the file is not valid UTF-8 text' });
  });

  test('old scripts and registry exports may be in windows-1252', async () => {
    put('old.reg', Buffer.from('; caf\u00e9 \u0080', 'latin1'));
    put('new.reg', '; café €');
    expect(await read('old.reg')).toEqual({ text: '; café €' });
    expect(await read('new.reg')).toEqual({ text: '; café €' });
  });

  test('a text padded with NULs is what stands before them', async () => {
    put('padded', Buffer.concat([Buffer.from('abc'), Buffer.alloc(100)]));
    expect(await read('padded')).toEqual({ text: 'abc' });
  });

  test('binary and broken text are problems', async () => {
    put('binary', Uint8Array.of(0x4d, 0x5a, 0x00, 0x01));
    put('broken', Uint8Array.of(0x61, 0xe9, 0x62));
    expect(await read('binary')).toEqual({ problem: 'the file is binary, not text' });
    expect(await read('broken')).toEqual({ problem: 'the file is not valid UTF-8 text' });
  });

  test('a file is read up to the cap and not beyond', async () => {
    put('exact', 'x'.repeat(100));
    put('over', 'x'.repeat(101));
    expect(await read('exact', 100)).toEqual({ text: 'x'.repeat(100) });
    expect(await read('over', 100)).toEqual({ problem: 'the file is larger than 100 bytes', tooLarge: true });
    put('large', 'x'.repeat(2 * 1024 * 1024 + 1));
    expect(await read('large')).toEqual({ problem: 'the file is larger than 2 MB', tooLarge: true });
  });

  test('a missing file and a folder are problems, not exceptions', async () => {
    put('folder/file');
    expect(await read('gone')).toEqual({ problem: 'the file no longer exists' });
    expect(await read('folder/file/x')).toEqual({ problem: 'the file no longer exists' });
    expect(await read('folder')).toEqual({ problem: 'this is not a regular file' });
  });

  onPosix('neither a symlink nor a path through one is read', async () => {
    put('inside/file', 'x');
    symlinkSync('inside/file', join(root, 'link'));
    symlinkSync(tmpdir(), join(root, 'away'));
    writeFileSync(`${root}-sibling`, 'secret');
    try {
      expect(await read('link')).toEqual({ problem: 'the file is a symbolic link, which is not followed' });
      const sibling = `${root.slice(dirname(root).length + 1)}-sibling`;
      expect(await read(`away/${sibling}`)).toEqual({ problem: 'the path leads out of the checked folder' });
      expect(await read(`../${sibling}`)).toEqual({ problem: 'the path leads out of the checked folder' });
    } finally {
      rmSync(`${root}-sibling`);
    }
  });

  const asUser = process.getuid?.() === 0 || process.platform === 'win32' ? test.skip : test;
  asUser('a file without permission is a problem', async () => {
    put('closed', 'x');
    execFileSync('chmod', ['000', join(root, 'closed')]);
    expect(await read('closed')).toEqual({ problem: 'the file cannot be read: permission denied' });
  });
});
