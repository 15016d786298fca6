/** The catalog's names, as readers look for them. */
import type { Vocabulary } from '../model/vocabulary.ts';
import { driverOfName, driverOfPackage, packagesOf } from './drivers.ts';
import { meaningOfImage, stackOfRunner } from './images.ts';
import { serverOfName } from './server-names.ts';
import { server } from './servers.ts';
import { stackOfOperatingSystem } from './tls-stacks.ts';

export const VOCABULARY: Vocabulary = {
  driverOfPackage,
  packagesOf,
  meaningOfImage,
  driverOfName,
  stackOfRunner,
  stackOfSystem: (name) => stackOfOperatingSystem(name)?.id ?? null,
  productOf: (id) => server(id)?.label ?? null,
  serverOfName,
};
