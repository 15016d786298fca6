// `--what-if reg=FILE`: what a file would set, as regedit writes it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { planOf } from '../../src/edge/what-if.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'what-if-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const key = (side: string) =>
  `[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\${side}]`;
const written = (name: string, side: string) => {
  const file = join(folder, name);
  const text = `\uFEFFWindows Registry Editor Version 5.00\r\n\r\n${key(side)}\r\n"Enabled"=dword:00000000\r\n`;
  writeFileSync(file, text, 'utf16le');
  return file;
};

test('the settings for servers, beside other words', () => {
  expect(planOf([`reg=${written('server.reg', 'Server')}`, 'no-dhe'])).toMatchObject({
    change: {
      without: ['DHE'],
      settings: [{ setting: 'protocol', subject: 'TLS 1.0', side: 'server', value: false }],
    },
  });
});

test('a file that sets nothing for servers, and one that is not there', () => {
  const file = written('client.reg', 'Client');
  expect(planOf([`reg=${file}`])).toEqual({
    complaint: `--what-if reg=${file}: no TLS setting for servers was found in it.`,
  });
  expect(planOf(['reg=nowhere.reg'])).toEqual({
    complaint: '--what-if reg=nowhere.reg: the file cannot be read.',
  });
});
