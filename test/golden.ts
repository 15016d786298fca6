// Golden files: a whole output, compared byte by byte. UPDATE_GOLDEN=1 writes them anew; read the difference before a commit.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';

export function expectGolden(path: string, actual: string): void {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, actual);
  if (!existsSync(path)) throw new Error(`${path} does not exist; UPDATE_GOLDEN=1 writes it`);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}
