/** Bytes of real SQL Servers, which lie beside the repository on some machines and are no part of it. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from '@jest/globals';

const FOLDER = resolve('..', 'shared', 'captures');
const there = existsSync(FOLDER);

/** A test on a capture; where there are none it shows as skipped, with the reason in its name. */
export function testWithCaptures(name: string, body: () => void): void {
  if (there) test(name, body);
  else test.skip(`${name} (skipped: no captures)`, body);
}

export const capture = (file: string): string => readFileSync(resolve(FOLDER, file), 'utf8');
