/** PHP: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { composerJson, composerLock } from './composer.ts';
import { laravel } from './laravel.ts';
import { phpIni } from './php-ini.ts';

export const PHP: readonly Reader[] = [composerJson, composerLock, phpIni, laravel];
