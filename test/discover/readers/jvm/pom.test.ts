// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${…} is how Maven writes a property
import { describe, expect, test } from '@jest/globals';
import { pom } from '../../../../src/discover/readers/jvm/pom.ts';
import { declarationsOf, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'services/ledger/pom.xml';
const project = (body: string) =>
  `<project xmlns="http://maven.apache.org/POM/4.0.0">\n<artifactId>ledger</artifactId>\n${body}\n</project>\n`;
const says = (body: string) => saysOf(pom, FILE, project(body));
const driver = (version: string, artifact = 'mssql-jdbc') =>
  `<dependency><groupId>com.microsoft.sqlserver</groupId><artifactId>${artifact}</artifactId>${version}</dependency>`;
const dependencies = (...all: string[]) => `<dependencies>${all.join('\n')}</dependencies>`;

const TEXT = project(`  <properties>
    <java.version>1.8</java.version>
    <mssql.version>6.4.0.jre8</mssql.version>
  </properties>
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>net.sourceforge.jtds</groupId>
        <artifactId>jtds</artifactId>
        <version>1.2.8</version>
      </dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>com.microsoft.sqlserver</groupId>
      <artifactId>mssql-jdbc</artifactId>
      <version>\${mssql.version}</version>
    </dependency>
    <dependency>
      <groupId>net.sourceforge.jtds</groupId>
      <artifactId>jtds</artifactId>
      <exclusions><exclusion><groupId>com.microsoft.sqlserver</groupId><artifactId>sqljdbc4</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.1</version></dependency>
  </dependencies>`);

test.each([
  ['pom.xml', true],
  ['a/pom.xml', true],
  ['a/mypom.xml', false],
  ['pom.xml.bak', false],
])('%s: %p', (path, expected) => {
  expect(pom.matches(path)).toBe(expected);
});

test('an ordinary project', () => {
  expect(declarationsOf(pom, FILE, TEXT)).toMatchObject([
    { kind: 'runtime', platform: 'jdk', version: '8', text: '1.8', lowerBound: true, span: { line: 4 } },
    {
      kind: 'driver',
      version: '6.4.0.jre8',
      text: '6.4.0.jre8',
      role: 'uses',
      ecosystem: 'maven',
      package: 'com.microsoft.sqlserver:mssql-jdbc',
      driver: 'mssql-jdbc',
      scope: 'services/ledger',
      span: { line: 5, column: 20 },
    },
    { kind: 'driver', version: '1.2.8', text: '1.2.8', role: 'pins', driver: 'jtds' },
    { kind: 'driver', version: null, text: 'jtds', role: 'uses', driver: 'jtds' },
  ]);
});

describe('versions', () => {
  test.each([
    ['<version>${nowhere}</version>', 'driver null: ${nowhere}'],
    ['<version>6.${minor}</version>', 'driver null: 6.${minor}'],
    ['<version/>', 'driver null: mssql-jdbc'],
    ['<version> </version>', 'driver null: mssql-jdbc'],
    ['<version>\n  6.4.0.jre8\n</version>', 'driver 6.4.0.jre8: 6.4.0.jre8'],
    ['<version><!-- keep -->6.4.0.jre8</version>', 'driver 6.4.0.jre8: 6.4.0.jre8'],
    ['<version>[6.0,7.0)</version>', 'driver [6.0,7.0): [6.0,7.0)'],
    ['<version>LATEST</version><scope>test</scope>', 'driver LATEST: LATEST'],
  ])('%p', (version, expected) => {
    expect(says(dependencies(driver(version)))).toEqual([expected]);
  });

  test.each(['project.version', 'version', 'pom.version'])('${%s} is that of the project', (name) => {
    const own = `<version>7.0.0</version>${dependencies(driver(`<version>\${${name}}</version>`))}`;
    expect(says(own)).toEqual(['driver 7.0.0: 7.0.0']);
  });

  test.each(['project.version', 'project.parent.version', 'parent.version'])(
    '${%s} through the parent',
    (name) => {
      const parent =
        '<parent><groupId>g</groupId><artifactId>a</artifactId><version>7.2.1</version></parent>';
      expect(says(`${parent}${dependencies(driver(`<version>\${${name}}</version>`))}`)).toEqual([
        'driver 7.2.1: 7.2.1',
      ]);
    },
  );

  test('a property of a property; one that names itself ends nowhere', () => {
    const properties = '<properties><a>${b}</a><b>8.2.0.jre8</b><c>${c}</c></properties>';
    expect(
      says(properties + dependencies(driver('<version>${a}</version>'), driver('<version>${c}</version>'))),
    ).toEqual(['driver 8.2.0.jre8: 8.2.0.jre8', 'driver null: ${c}']);
  });

  test('a profile has dependencies of its own, and its properties stand back behind the project’s', () => {
    const profile = (properties: string) =>
      `<profiles><profile><id>p</id><properties>${properties}</properties>${dependencies(driver('<version>${v}</version>', 'sqljdbc4'))}</profile></profiles>`;
    expect(says(profile('<v>4.0</v>'))).toEqual(['driver 4.0: 4.0']);
    expect(says(`<properties><v>4.1</v></properties>${profile('<v>4.0</v>')}`)).toEqual(['driver 4.1: 4.1']);
  });

  test('a parent that manages versions makes no client of a project without a driver', () => {
    const parent =
      '<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.1.3.RELEASE</version></parent>';
    expect(declarationsOf(pom, FILE, project(parent))).toMatchObject([
      { role: 'pins', driver: 'spring-boot-bom', version: '2.1.3.RELEASE', text: '2.1.3.RELEASE' },
    ]);
  });

  test('what a build plugin takes is used as well', () => {
    const plugin = `<build><plugins><plugin><artifactId>flyway-maven-plugin</artifactId>${dependencies(driver('<version>7.4.1.jre8</version>'))}</plugin></plugins></build>`;
    expect(says(plugin)).toEqual(['driver 7.4.1.jre8: 7.4.1.jre8']);
  });
});

describe('the Java level', () => {
  const compiler = (configuration: string) =>
    `<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>${configuration}</configuration></plugin></plugins></build>`;
  const property = (name: string, value: string) => `<${name}>${value}</${name}>`;

  test.each([
    [property('maven.compiler.release', '11'), '11', '11'],
    [property('maven.compiler.source', '1.7') + property('maven.compiler.target', '1.8'), '8', '1.8'],
    [property('maven.compiler.source', '1.6'), '6', '1.6'],
    [property('java.version', '17'), '17', '17'],
    [property('java.version', '17') + property('maven.compiler.release', '${java.version}'), '17', '17'],
  ])('%s', (properties, version, text) => {
    expect(declarationsOf(pom, FILE, project(`<properties>${properties}</properties>`))).toMatchObject([
      { kind: 'runtime', platform: 'jdk', version, text, lowerBound: true, stack: null },
    ]);
  });

  test('the compiler plugin’s own word comes before the properties', () => {
    const properties = '<properties><java.version>17</java.version></properties>';
    expect(says(properties + compiler('<source>1.7</source><release>11</release>'))).toEqual([
      'runtime 11: 11',
    ]);
    expect(says(properties + compiler('<source>1.7</source><target>1.7</target>'))).toEqual([
      'runtime 7: 1.7',
    ]);
    expect(says(properties + compiler('<release>${java.version}</release>'))).toEqual(['runtime 17: 17']);
    expect(says(properties + compiler('<release>${nowhere}</release>'))).toEqual(['runtime 17: 17']);
  });

  test.each(['', 'eleven', '${nowhere}', '1.8.0'])('no runtime in %p', (value) => {
    expect(says(`<properties><java.version>${value}</java.version></properties>`)).toEqual([]);
  });
});

test('in other dress, and cut anywhere', () => {
  expectSameInOddDress(pom, FILE, TEXT, '<!-- 🔒 -->');
  expectEveryPrefixToBeRead(pom, FILE, TEXT);
  const cut = TEXT.slice(0, TEXT.indexOf('</version>') + 5);
  expect(problemOf(pom, cut)).toMatchObject({ start: TEXT.indexOf('</version>') });
});
