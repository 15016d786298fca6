/** pip's requirements and constraints files (pip documentation, "Requirements File Format"; PEP 508). */
import type { Reader } from '../../reader.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { requirementsIn } from './python-requirement.ts';

export const requirements: Reader = {
  id: 'requirements',
  matches: (path) =>
    /(?:^|\/)(?:[^/]*requirements[^/]*|constraints[^/]*)\.(?:txt|in)$|(?:^|\/)requirements\/[^/]+\.txt$/i.test(
      path,
    ),
  read(source, vocabulary) {
    const role = /(?:^|\/)constraints[^/]*$/i.test(source.file) ? 'pins' : 'uses';
    return requirementsIn(source.text).flatMap(({ name, ...rest }) =>
      driverDeclaration(source, vocabulary, { ecosystem: 'pypi', package: name, role, ...rest }),
    );
  },
};
