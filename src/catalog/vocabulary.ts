/** The catalog's names, as readers look for them. */
import type { Vocabulary } from '../model/vocabulary.ts';
import { driverOfPackage, packagesOf } from './drivers.ts';
import { meaningOfImage } from './images.ts';

export const VOCABULARY: Vocabulary = { driverOfPackage, packagesOf, meaningOfImage };
