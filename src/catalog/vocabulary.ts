/** The catalog's names, as readers look for them. */
import type { Vocabulary } from '../model/vocabulary.ts';
import { driverOfPackage, fileNamed, hasVersionOfDriver, packagesOf } from './drivers.ts';
import { meaningOfImage, stackOfRunner } from './images.ts';
import { serverOfName } from './server-names.ts';
import { server } from './servers.ts';

export const VOCABULARY: Vocabulary = {
  driverOfPackage,
  hasVersionOfDriver,
  packagesOf,
  fileNamed,
  meaningOfImage,
  stackOfRunner,
  productOf: (id) => server(id)?.label ?? null,
  serverOfName,
};
