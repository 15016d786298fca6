/** Heroku's `system.properties` ("Java support"): which Java an application is run with. */
import type { Reader } from '../../reader.ts';
import { propertiesOf } from '../../text/properties.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';

/** `17`, `1.8`, `17.0.9`, `1.8.0_292`; a distribution may stand before it (`zulu-17`). */
const VERSION = /^(?:[a-z]{1,30}-)?(\d+(?:\.\d+)*(?:[u_]\d+)?)$/di;

export const systemProperties: Reader = {
  id: 'system-properties',
  matches: (path) => /(?:^|\/)system\.properties$/.test(path),
  read: (source) =>
    propertiesOf(source)
      .filter(({ key, value }) => key === 'java.runtime.version' && value.text !== '')
      .map(({ value }) => {
        const found = VERSION.exec(value.text);
        const [from, to] = found?.indices?.[1] ?? [0, value.text.length];
        return runtimeDeclaration(source, {
          platform: 'jdk',
          version: found?.[1]?.replace(/^1\.(\d+)$/, '$1') ?? null,
          lowerBound: false,
          start: value.sourceOffset(from),
          end: value.sourceOffset(to),
        });
      }),
};
