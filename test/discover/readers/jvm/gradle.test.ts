import { describe, expect, test } from '@jest/globals';
import { gradle } from '../../../../src/discover/readers/jvm/gradle.ts';
import { gradleLockfile } from '../../../../src/discover/readers/jvm/gradle-lockfile.ts';
import { declarationsOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'services/billing/build.gradle';
const GROOVY = `plugins { id 'java' }
def mssqlVersion = '12.4.0.jre11'
repositories { maven { url 'https://registry.example.com/maven' } }
dependencies {
  implementation "com.microsoft.sqlserver:mssql-jdbc:\${mssqlVersion}"
  // implementation 'com.microsoft.sqlserver:mssql-jdbc:6.1.0.jre8'
  /* runtimeOnly 'net.sourceforge.jtds:jtds:1.2' */
  runtimeOnly 'net.sourceforge.jtds:jtds:1.3.1@jar'
  testImplementation group: 'io.r2dbc', name: 'r2dbc-mssql', version: '1.0.2.RELEASE'
  implementation 'org.slf4j:slf4j-api:2.0.9'
}
`;
const KOTLIN = `val mssql by extra("unused")
extra["jtdsVersion"] = "1.3.0"
val jtds: String = "1.3.1"
dependencies {
    implementation("com.microsoft.sqlserver:mssql-jdbc:12.8.1.jre11")
    runtimeOnly("net.sourceforge.jtds:jtds:\${property("jtdsVersion")}")
    testRuntimeOnly("net.sourceforge.jtds:jtds:$jtds")
    runtimeOnly(group = "io.vertx", name = "vertx-mssql-client", version = "4.5.1")
    implementation("io.r2dbc:r2dbc-mssql")
}
`;

test.each([
  ['build.gradle', true],
  ['a/build.gradle.kts', true],
  ['gradle/dependencies.gradle', true],
  ['a/gradle.properties', false],
  ['build.gradle.md', false],
])('%s: %p', (path, expected) => {
  expect(gradle.matches(path)).toBe(expected);
});

test('Groovy: notations, maps, a variable; comments and texts that look like them', () => {
  expect(saysOf(gradle, FILE, GROOVY)).toEqual([
    'driver 12.4.0.jre11: 12.4.0.jre11',
    'driver 1.3.1: 1.3.1',
    'driver 1.0.2.RELEASE: 1.0.2.RELEASE',
  ]);
  const [first] = declarationsOf(gradle, FILE, GROOVY);
  expect(first).toMatchObject({
    ecosystem: 'maven',
    package: 'com.microsoft.sqlserver:mssql-jdbc',
    role: 'uses',
    scope: 'services/billing',
    // Where the version is written, not where it is used.
    span: { line: 2, column: 21, endColumn: 33 },
  });
});

test('Kotlin: a version that stands elsewhere is not guessed', () => {
  expect(saysOf(gradle, 'build.gradle.kts', KOTLIN)).toEqual([
    'driver 12.8.1.jre11: 12.8.1.jre11',
    'driver null: net.sourceforge.jtds:jtds',
    'driver 1.3.1: 1.3.1',
    'driver null: io.r2dbc:r2dbc-mssql',
    'driver 4.5.1: 4.5.1',
  ]);
});

describe('what is no single version', () => {
  const jtds = (version: string, before = '') =>
    saysOf(gradle, FILE, `${before}\ndependencies { runtimeOnly "net.sourceforge.jtds:jtds:${version}" }\n`);

  test.each([
    ['a property of another file', '$jtdsVersion', ''],
    ['assigned twice', '$v', "v = '1.2'\nv = '1.3'"],
    ['a part of it', '1.3.$patch', "patch = '1'"],
  ])('%s', (_, version, before) => {
    expect(jtds(version, before)).toEqual(['driver null: net.sourceforge.jtds:jtds']);
  });

  test('a range stands as it is written', () => {
    expect(jtds('[1.2,1.4)')).toEqual(['driver [1.2,1.4): [1.2,1.4)']);
  });
});

describe('what only fixes a version', () => {
  const pins = (text: string) =>
    declarationsOf(gradle, FILE, text).map((one) =>
      one.kind === 'driver' ? `${one.role} ${one.ecosystem} ${one.driver} ${one.version}` : one.kind,
    );

  test.each([
    [`plugins { id 'org.springframework.boot' version '2.7.0' }`, 'pins gradle spring-boot-bom 2.7.0'],
    [`plugins { id("org.springframework.boot").version("3.2.0") }`, 'pins gradle spring-boot-bom 3.2.0'],
    [`plugins { id("org.springframework.boot") version bootVersion }`, 'pins gradle spring-boot-bom null'],
    [
      `classpath 'org.springframework.boot:spring-boot-gradle-plugin:1.5.9.RELEASE'`,
      'pins gradle spring-boot-bom 1.5.9.RELEASE',
    ],
    [
      `dependencyManagement { imports { mavenBom "org.springframework.boot:spring-boot-dependencies:2.3.0" } }`,
      'pins maven spring-boot-bom 2.3.0',
    ],
    [
      `api enforcedPlatform('org.springframework.boot:spring-boot-dependencies:2.3.0')`,
      'pins maven spring-boot-bom 2.3.0',
    ],
    [`constraints { api 'net.sourceforge.jtds:jtds:1.3.1' }`, 'pins maven jtds 1.3.1'],
    [`constraints { } ; api 'net.sourceforge.jtds:jtds:1.3.1'`, 'uses maven jtds 1.3.1'],
    [`ext['mssql-jdbc.version'] = '9.4.1.jre8'`, 'pins maven mssql-jdbc 9.4.1.jre8'],
    [`ext { set('jtds.version', "1.2.8") }`, 'pins maven jtds 1.2.8'],
  ])('%s', (text, expected) => {
    expect(pins(text)).toEqual([expected]);
  });

  test.each([
    ['libs.mssql.jdbc', 'uses maven mssql-jdbc null'],
    ['libs.microsoft.mssqlJdbc', 'uses maven mssql-jdbc null'],
    ['libs.jtds.get()', 'uses maven jtds null'],
    ['libs.r2dbc.mssql', 'uses maven r2dbc-mssql null'],
    ['platform(libs.spring.boot.dependencies)', 'pins maven spring-boot-bom null'],
  ])('accessor %s', (text, expected) => {
    expect(pins(`dependencies { api(${text}) }`)).toEqual([expected]);
  });

  test.each([
    'libs.versions.mssql.jdbc',
    'libs.bundles.jtds',
    'libs.testcontainers.mssqlserver',
    'mylibs.jtds',
  ])('no library: %s', (text) => {
    expect(pins(`dependencies { api(${text}) }`)).toEqual([]);
  });
});

describe('Java', () => {
  test.each([
    ['languageVersion.set(JavaLanguageVersion.of(11))', '11', false],
    ['kotlin { jvmToolchain(17) }', '17', false],
    ['sourceCompatibility = 1.8', '8', true],
    [`sourceCompatibility '11'`, '11', true],
    ['sourceCompatibility = JavaVersion.VERSION_1_7', '7', true],
    ['targetCompatibility = JavaVersion.VERSION_17', '17', true],
    ['tasks.compileJava { options.release = 21 }', '21', true],
    [
      'sourceCompatibility = 1.8\njava { toolchain { languageVersion = JavaLanguageVersion.of(17) } }',
      '17',
      false,
    ],
  ])('%s', (text, version, lowerBound) => {
    expect(declarationsOf(gradle, FILE, text)).toMatchObject([
      { kind: 'runtime', platform: 'jdk', version, lowerBound },
    ]);
  });

  test.each(['sourceCompatibility = javaVersion', '// jvmToolchain(8)', 'JavaLanguageVersion.of(v)'])(
    'unknown: %s',
    (text) => {
      expect(declarationsOf(gradle, FILE, text)).toEqual([]);
    },
  );
});

test('odd dress, and any beginning of it', () => {
  expectSameInOddDress(gradle, FILE, GROOVY, '// 注🔑 "');
  expectEveryPrefixToBeRead(gradle, FILE, GROOVY + KOTLIN);
});

test.each(['/*', '"""', "'''x", 'group = ', "x = '"])(
  '%j over and over takes no time that grows with its square',
  (piece) => {
    expect(declarationsOf(gradle, FILE, piece.repeat(100_000))).toEqual([]);
  },
);

test('the lockfile pins', () => {
  const text = `# This is a Gradle generated file for dependency locking.
com.microsoft.sqlserver:mssql-jdbc:12.4.1.jre11=compileClasspath,runtimeClasspath
org.slf4j:slf4j-api:2.0.9=compileClasspath
empty=annotationProcessor
`;
  const found = declarationsOf(gradleLockfile, 'app/gradle.lockfile', text);
  expect(found).toMatchObject([{ version: '12.4.1.jre11', role: 'pins', scope: 'app', span: { line: 2 } }]);
  expect(gradleLockfile.matches('app/gradle.lockfile')).toBe(true);
  expect(gradleLockfile.matches('yarn.lock')).toBe(false);
  expectSameInOddDress(gradleLockfile, 'gradle.lockfile', text, '# 注🔑');
  expectEveryPrefixToBeRead(gradleLockfile, 'gradle.lockfile', text);
});
