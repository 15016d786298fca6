import { describe, expect, test } from '@jest/globals';
import { msbuild } from '../../../../src/discover/readers/dotnet/msbuild.ts';
import { declarationsOf, pointedAt, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'services/billing/Billing.csproj';
const project = (body: string) => `<Project Sdk="Microsoft.NET.Sdk">\n${body}\n</Project>\n`;
const says = (body: string) => saysOf(msbuild, FILE, project(body));

const SDK = project(`  <PropertyGroup>
    <TargetFrameworks>net472; net8.0</TargetFrameworks>
    <SqlVersion>5.1.1</SqlVersion>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Data.SqlClient" Version="$(SqlVersion)" />
    <PackageReference Include='System.Data.SqlClient'>
      <Version>4.8.1</Version>
    </PackageReference>
    <PackageReference Include="Newtonsoft.Json" Version="13.0.1" />
  </ItemGroup>`);

const OLD = `<?xml version="1.0" encoding="utf-8"?>
<Project ToolsVersion="4.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <PropertyGroup>
    <TargetFrameworkVersion>v4.0</TargetFrameworkVersion>
  </PropertyGroup>
  <ItemGroup>
    <Reference Include="System.Data" />
    <Reference Include="System.Data.SqlClient, Version=4.6.1.2, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a">
      <HintPath>..\\packages\\System.Data.SqlClient.4.8.2\\lib\\net461\\System.Data.SqlClient.dll</HintPath>
    </Reference>
  </ItemGroup>
</Project>
`;

test.each([
  ['a/B.csproj', true],
  ['B.VBPROJ', true],
  ['b.fsproj', true],
  ['Directory.Packages.props', true],
  ['src/directory.build.props', true],
  ['MyDirectory.Build.props', false],
  ['b.csproj.user', false],
  ['b.sln', false],
])('%s: %p', (path, expected) => {
  expect(msbuild.matches(path)).toBe(expected);
});

describe('ordinary projects', () => {
  test('SDK style: each framework and each driver, at the version where it is written', () => {
    expect(saysOf(msbuild, FILE, SDK)).toEqual([
      'runtime 4.7.2: net472',
      'runtime 8.0: net8.0',
      'driver 5.1.1: 5.1.1',
      'driver 4.8.1: 4.8.1',
    ]);
    const [, , central] = declarationsOf(msbuild, FILE, SDK);
    expect(central).toMatchObject({
      span: { line: 4, column: 17, endColumn: 22 },
      scope: 'services/billing',
      ecosystem: 'nuget',
      package: 'Microsoft.Data.SqlClient',
      driver: 'microsoft-data-sqlclient',
      role: 'uses',
    });
  });

  test('old style: the version of a referenced assembly is that of its package, not its own', () => {
    expect(saysOf(msbuild, FILE, OLD)).toEqual(['runtime 4.0: v4.0', 'driver 4.8.2: 4.8.2']);
    expect(declarationsOf(msbuild, FILE, OLD)[0]).toMatchObject({
      platform: 'dotnet-framework',
      lowerBound: true,
      stack: null,
    });
  });

  test.each([
    ['net35', 'dotnet-framework', '3.5'],
    ['net40', 'dotnet-framework', '4.0'],
    ['net40-client', 'dotnet-framework', '4.0'],
    ['net403', 'dotnet-framework', '4.0.3'],
    ['net452', 'dotnet-framework', '4.5.2'],
    ['net48', 'dotnet-framework', '4.8'],
    ['net481', 'dotnet-framework', '4.8.1'],
    ['net4.8', 'dotnet-framework', '4.8'],
    ['NET48', 'dotnet-framework', '4.8'],
    ['netcoreapp3.1', 'dotnet', '3.1'],
    ['net6.0-windows10.0.19041.0', 'dotnet', '6.0'],
    ['net10.0', 'dotnet', '10.0'],
  ])('%s', (moniker, platform, version) => {
    const body = `<PropertyGroup><TargetFramework>${moniker}</TargetFramework></PropertyGroup>`;
    expect(declarationsOf(msbuild, FILE, project(body))).toMatchObject([
      { kind: 'runtime', platform, version, text: moniker, lowerBound: true },
    ]);
  });

  test.each(['netstandard2.0', 'uap10.0', '$(Unknown)', '', 'net'])('no runtime in %p', (moniker) => {
    expect(says(`<PropertyGroup><TargetFramework>${moniker}</TargetFramework></PropertyGroup>`)).toEqual([]);
  });

  test('Directory.Packages.props fixes versions; a global reference is used', () => {
    const text = project(`<ItemGroup>
      <PackageVersion Include="Microsoft.Data.SqlClient" Version="5.2.0" />
      <GlobalPackageReference Include="System.Data.SqlClient" Version="4.8.6" />
    </ItemGroup>`);
    const declared = declarationsOf(msbuild, 'Directory.Packages.props', text);
    expect(declared).toMatchObject([
      { role: 'pins', version: '5.2.0', text: '5.2.0', scope: '' },
      { role: 'uses', version: '4.8.6', text: '4.8.6' },
    ]);
  });
});

describe('where the version stands', () => {
  const reference = (rest: string) =>
    `<ItemGroup><PackageReference Include="System.Data.SqlClient"${rest}</ItemGroup>`;

  test.each([
    [' />', 'driver null: System.Data.SqlClient'],
    [' Version="" />', 'driver null: System.Data.SqlClient'],
    ['><Version/></PackageReference>', 'driver null: System.Data.SqlClient'],
    [' Version=" 4.8.1 " />', 'driver 4.8.1: 4.8.1'],
    [' Version="$(Nowhere)" />', 'driver null: $(Nowhere)'],
    [' Version="4.$(Minor)" />', 'driver null: 4.$(Minor)'],
    [' VersionOverride="4.8.2" Version="4.8.1" />', 'driver 4.8.2: 4.8.2'],
    [' Version="[4.4.0,5)" />', 'driver [4.4.0,5): [4.4.0,5)'],
    ['\n  Version\n=\n  "4.8.1"\n/>', 'driver 4.8.1: 4.8.1'],
    [` Condition="'a&gt;b' == &quot;&quot;" Version='4.8.1' />`, 'driver 4.8.1: 4.8.1'],
    [
      '><Version><!-- was 4.1 -->\n4.8.1\n<!-- or 4.9 --></Version></PackageReference>',
      'driver 4.8.1: 4.8.1',
    ],
    ['><Version>\n<!-- was 4.1 -->\n4.8.1</Version></PackageReference>', 'driver 4.8.1: 4.8.1'],
    ['><Version><![CDATA[4.8.1]]></Version></PackageReference>', 'driver 4.8.1: 4.8.1'],
    [' Version="4&#46;8.1" />', 'driver 4.8.1: 4&#46;8.1'],
  ])('%p', (rest, expected) => {
    expect(says(reference(rest))).toEqual([expected]);
  });

  test('names compare without case', () => {
    expect(
      says('<itemgroup><packagereference Include="system.data.sqlclient" Version="4.8.1" /></itemgroup>'),
    ).toEqual(['driver 4.8.1: 4.8.1']);
  });

  test('a property of a property, written in any case', () => {
    expect(
      says(`<PropertyGroup><Sql>$(SQLCLIENT)</Sql><SqlClient>4.8.1</SqlClient></PropertyGroup>
      ${reference(' Version="$(sql)" />')}`),
    ).toEqual(['driver 4.8.1: 4.8.1']);
  });

  test('properties that name each other end nowhere', () => {
    expect(
      says(`<PropertyGroup><A>$(B)</A><B>$(A)</B></PropertyGroup>${reference(' Version="$(A)" />')}`),
    ).toEqual([expect.stringMatching(/^driver null: \$\([AB]\)$/)]);
  });

  test('of several definitions the last one without a condition holds', () => {
    expect(
      says(`<PropertyGroup><V>4.4.0</V><V>4.8.1</V><V Condition="'$(V)' == ''">4.1.0</V></PropertyGroup>
      <PropertyGroup Condition="'$(Old)' == 'true'"><V>4.3.0</V></PropertyGroup>
      ${reference(' Version="$(V)" />')}`),
    ).toEqual(['driver 4.8.1: 4.8.1']);
  });

  test('frameworks through a property, alone and in a list', () => {
    const properties = '<PropertyGroup><Old>net40;net472</Old></PropertyGroup>';
    const targets = (text: string) =>
      says(`${properties}<PropertyGroup><TargetFrameworks>${text}</TargetFrameworks></PropertyGroup>`);
    expect(targets('$(Old)')).toEqual(['runtime 4.0: net40', 'runtime 4.7.2: net472']);
    expect(targets('net8.0;$(old);$(None)')).toEqual([
      'runtime 8.0: net8.0',
      'runtime 4.0: net40',
      'runtime 4.7.2: net472',
    ]);
  });

  test('an update fixes the version of a reference made elsewhere', () => {
    const text = project(
      '<ItemGroup><PackageReference Update="System.Data.SqlClient" Version="4.8.5" /></ItemGroup>',
    );
    expect(declarationsOf(msbuild, 'Directory.Build.targets', text)).toMatchObject([
      { role: 'pins', version: '4.8.5', text: '4.8.5' },
    ]);
  });

  test('an assembly beside no package has no version that counts', () => {
    expect(
      says('<ItemGroup><Reference Include="System.Data.SqlClient, Version=4.6.1.2" /></ItemGroup>'),
    ).toEqual(['driver null: System.Data.SqlClient']);
  });

  test('comments declare nothing', () => {
    expect(says('<!-- <PackageReference Include="System.Data.SqlClient" Version="4.1.0" /> -->')).toEqual([]);
  });
});

describe('odd and broken files', () => {
  test.each([
    ['SDK', SDK],
    ['old', OLD],
  ])('%s style in other dress', (_, text) => {
    expectSameInOddDress(msbuild, FILE, text.replace(/^<\?xml.*\?>\n/, ''), '<!-- 🔒 ünsafe -->');
  });

  test('characters of two units do not shift the place of an error', () => {
    const text = '<Project><!-- 🔒🔒 --><A></Project>';
    expect(problemOf(msbuild, text)).toMatchObject({
      message: 'Missing end tag for element A',
      start: text.indexOf('</Project>'),
    });
  });

  test('a cut file is unreadable where it ends', () => {
    const text = SDK.slice(0, SDK.indexOf('Version="$('));
    expect(problemOf(msbuild, text)).toMatchObject({ start: text.length });
  });

  test('every prefix', () => {
    expectEveryPrefixToBeRead(msbuild, FILE, SDK);
    expectEveryPrefixToBeRead(msbuild, FILE, OLD);
  });

  test('nested too deeply is a reason, not a crash', () => {
    const depth = 100_000;
    expect(problemOf(msbuild, '<a>'.repeat(depth) + '</a>'.repeat(depth))?.message).toBe('nested too deeply');
    expect(pointedAt(msbuild, FILE, '<a>'.repeat(500) + '</a>'.repeat(500))).toEqual([]);
  });

  test('two megabytes of line ends, and of items, are read in a moment', () => {
    const started = performance.now();
    problemOf(msbuild, `<Project>${'\r\n'.repeat(1_000_000)}</Project>`);
    problemOf(
      msbuild,
      project('<PackageReference Include="System.Data.SqlClient" Version="4.8.1" />\r\n'.repeat(28_000)),
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
