/** Source code, and whatever else no reader of its own knows. */
import type { Reader } from '../../reader.ts';
import { settingsText } from './settings-text.ts';
import { sourceCode } from './source-code.ts';

export const SOURCE: readonly Reader[] = [sourceCode, settingsText];
