/**
 * The Java that a version manager or a platform takes: `.java-version` (jenv, "Configuration"), `.sdkmanrc` (SDKMAN!, "Env
 * Command"), Heroku's `system.properties` ("Java support").
 */
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';
import { JAVA_VERSION } from './java-release.ts';

/** By the file's name; group 1 is what is asked for. A vendor may stand before the version. */
const ASKED: Readonly<Record<string, RegExp>> = {
  '.java-version': /^[ \t\uFEFF]*(?!#)(\S+)/dm,
  '.sdkmanrc': /^[ \t\uFEFF]*java[ \t]*=[ \t]*(\S+)/dm,
  'system.properties': /^[ \t\uFEFF]*java\.runtime\.version[ \t]*[=:][ \t]*(\S+)/dm,
};

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export const javaVersion: Reader = {
  id: 'java-version',
  matches: (path) => Object.hasOwn(ASKED, nameOf(path)),
  read(source: SourceText) {
    const asked = ASKED[nameOf(source.file)]?.exec(source.text);
    const place = asked?.indices?.[1];
    if (!place) return [];
    const [from] = place;
    const version = JAVA_VERSION.exec(source.text.slice(...place));
    const within = version?.indices?.[1];
    const [start, end] = within ? [from + within[0], from + within[1]] : place;
    return [
      runtimeDeclaration(source, {
        platform: 'jdk',
        version: version?.[1]?.replace(/^1\.(\d+)$/, '$1') ?? null,
        lowerBound: false,
        start,
        end,
      }),
    ];
  },
};
