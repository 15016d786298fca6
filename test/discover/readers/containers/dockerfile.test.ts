import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dockerfile } from '../../../../src/discover/readers/containers/dockerfile.ts';
import { declarationsOf, pointedAt, problemOf } from '../../declarations.ts';

const pointed = (text: string) => pointedAt(dockerfile, 'jobs/Dockerfile', text);
const declared = (text: string) => declarationsOf(dockerfile, 'jobs/Dockerfile', text);
const drivers = (text: string) =>
  declared(`FROM scratch\n${text}`).flatMap((one) =>
    one.kind === 'driver' ? [`${one.ecosystem} ${one.package} ${one.version} at ${one.text}`] : [],
  );

test.each([
  ['Dockerfile', true],
  ['a/b/Dockerfile.prod', true],
  ['a/api.dockerfile', true],
  ['Containerfile', true],
  ['dockerfile', true],
  ['Dockerfile.dockerignore', false],
  ['.dockerignore', false],
  ['docs/Dockerfile.md', false],
  ['MyDockerfile', false],
  ['Dockerfile/readme', false],
])('%s: %p', (path, expected) => {
  expect(dockerfile.matches(path)).toBe(expected);
});

describe('what the image runs on', () => {
  test('the base image, with its tag', () => {
    expect(declared('FROM python:3.11-slim-bookworm\n')).toEqual([
      {
        kind: 'runtime',
        span: { file: 'jobs/Dockerfile', start: 5, end: 30, line: 1, column: 6, endLine: 1, endColumn: 31 },
        text: 'python:3.11-slim-bookworm',
        scope: 'jobs',
        platform: 'os',
        version: null,
        lowerBound: false,
        stack: 'debian-12',
      },
    ]);
  });

  test('the last stage counts, not the ones that build', () => {
    const text = [
      'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build',
      'RUN apt-get install -y msodbcsql17',
      'FROM --platform=$TARGETPLATFORM mcr.microsoft.com/dotnet/aspnet:8.0-jammy',
      'COPY --from=build /app .',
    ].join('\r\n');
    expect(pointed(text)).toEqual(['runtime: mcr.microsoft.com/dotnet/aspnet:8.0-jammy']);
  });

  test('a stage built on another stage inherits its image and its packages', () => {
    const text = [
      'FROM ubuntu:20.04 AS Base',
      'RUN apt-get install -y msodbcsql18=18.3.2.1-1',
      'FROM golang:1.22 AS unrelated',
      'RUN apt-get install -y freetds-bin',
      'FROM base AS middle',
      'FROM middle',
      'RUN apt-get install -y msodbcsql17',
    ].join('\n');
    expect(pointed(text)).toEqual(['runtime: ubuntu:20.04', 'driver: 18.3.2.1-1', 'driver: msodbcsql17']);
  });

  test('a stage that is named like an image comes before the image only from its own line on', () => {
    expect(pointed('FROM ubuntu:20.04 AS ubuntu\nRUN apt-get install freetds-bin')).toHaveLength(2);
    expect(pointed('FROM debian:12 AS debian:12\nRUN a')).toEqual(['runtime: debian:12']);
  });

  test('build arguments before the first FROM give the image its tag', () => {
    const [runtime] = declared(`ARG RELEASE="22.04"\nARG IMAGE=ubuntu:$RELEASE\nFROM \${IMAGE}\n`);
    expect(runtime).toMatchObject({ kind: 'runtime', text: `\${IMAGE}`, stack: 'ubuntu-22.04' });
    expect(declared(`FROM ubuntu:\${RELEASE:-20.04}\n`)[0]).toMatchObject({ stack: 'ubuntu-20.04' });
    expect(declared('ARG IMAGE\nFROM $IMAGE\n')).toEqual([]);
  });

  test('an image of SQL Server is a server', () => {
    expect(declared('FROM mcr.microsoft.com/mssql/server:2019-CU28-ubuntu-20.04\n')).toMatchObject([
      {
        kind: 'server',
        image: 'mcr.microsoft.com/mssql/server:2019-CU28-ubuntu-20.04',
        server: 'sqlserver-linux-2019',
        stack: 'ubuntu-20.04',
        endpoints: [],
      },
    ]);
  });
});

describe('drivers', () => {
  test('apt: the version is pointed at where one is written, else the name', () => {
    const text = `RUN apt-get update \\
 # odbc
 && ACCEPT_EULA=Y apt-get install -y --no-install-recommends \\

      unixodbc \\
      msodbcsql17=17.10.5.1-1 \\
      'mssql-tools18' \\
 && rm -rf /var/lib/apt/lists/*`;
    expect(drivers(text)).toEqual([
      'apt msodbcsql17 17.10.5.1 at 17.10.5.1-1',
      'apt mssql-tools18 null at mssql-tools18',
    ]);
  });

  test.each([
    ['RUN apk add --no-cache "freetds=1.3.20-r0"', ['apk freetds 1.3.20 at 1.3.20-r0']],
    ['RUN apk add --no-cache freetds-dev', ['apk freetds-dev null at freetds-dev']],
    ['RUN apk add "freetds~1.3"', ['apk freetds ~1.3 at ~1.3']],
    [
      'RUN sudo -E yum install -y msodbcsql17-17.10.5.1-1.x86_64',
      ['rpm msodbcsql17 17.10.5.1 at 17.10.5.1-1'],
    ],
    ['RUN microdnf install msodbcsql18', ['rpm msodbcsql18 null at msodbcsql18']],
    ['RUN tdnf -y install msodbcsql18-18.3.2.1', ['rpm msodbcsql18 18.3.2.1 at 18.3.2.1']],
    ['RUN pip install --no-cache-dir pyodbc==4.0.39', ['pypi pyodbc 4.0.39 at 4.0.39']],
    ['RUN python3 -m pip install "pymssql>=2.2,<3"', ['pypi pymssql >=2.2,<3 at >=2.2,<3']],
    ['RUN npm install -g tedious@16', ['npm tedious 16 at 16']],
    ['RUN npm i mssql', ['npm mssql null at mssql']],
    [
      'RUN ["apt-get", "install", "-y", "msodbcsql18=18.3.2.1-1"]',
      ['apt msodbcsql18 18.3.2.1 at 18.3.2.1-1'],
    ],
    ['RUN if true; then apt-get install -y msodbcsql18; fi', ['apt msodbcsql18 null at msodbcsql18']],
    [
      'RUN <<EOF\nset -e\n# apt-get install freetds-bin\napt-get install -y msodbcsql18\nEOF',
      ['apt msodbcsql18 null at msodbcsql18'],
    ],
    [
      'ADD https://example.com/msodbcsql18_18.1.1.1-1_amd64.deb /tmp/',
      ['apt msodbcsql18 18.1.1.1 at 18.1.1.1-1'],
    ],
    [
      'RUN rpm -i https://example.com/msodbcsql17-17.4.2.1-1.x86_64.rpm',
      ['rpm msodbcsql17 17.4.2.1 at 17.4.2.1-1'],
    ],
  ])('%s', (text, expected) => {
    expect(drivers(text)).toEqual(expected);
  });

  test.each([
    'RUN echo apt-get install msodbcsql17',
    'RUN apt-get remove msodbcsql17',
    'RUN apt-get install -y msodbcsql17-docs curl',
    'ENV PACKAGE=msodbcsql17',
    '# RUN apt-get install msodbcsql17',
    'RUN pip install -r requirements.txt',
    'CMD apt-get install msodbcsql17',
  ])('nothing in: %s', (text) => {
    expect(drivers(text)).toEqual([]);
  });

  test('a package that is downloaded and then installed is one driver', () => {
    const text = `RUN curl -O https://download.example.com/msodbcsql17_17.4.2.1-1_amd64.apk \\
 && apk add --allow-untrusted ./msodbcsql17_17.4.2.1-1_amd64.apk`;
    expect(drivers(text)).toEqual(['apk msodbcsql17 17.4.2.1 at 17.4.2.1-1']);
  });

  test('a version in a variable is pointed at where it is written', () => {
    expect(drivers(`ARG ODBC="17.10.5.1-1"\nRUN apt-get install msodbcsql17=\${ODBC}`)).toEqual([
      'apt msodbcsql17 17.10.5.1 at 17.10.5.1-1',
    ]);
    expect(drivers('ENV ODBC=17.4.2.1\nRUN curl https://example.com/msodbcsql17_$ODBC-1_amd64.apk')).toEqual([
      'apk msodbcsql17 17.4.2.1 at 17.4.2.1',
    ]);
    expect(drivers('RUN apt-get install msodbcsql17=$UNKNOWN')).toEqual(['apt msodbcsql17 null at $UNKNOWN']);
  });

  test('an ARG of the stage takes its default from before the first FROM', () => {
    const text = 'ARG V=18.3.2.1-1\nFROM scratch\nARG V\nRUN apt-get install msodbcsql18=$V\n';
    expect(declared(text)).toMatchObject([
      { kind: 'driver', version: '18.3.2.1', span: { line: 1, column: 7 } },
    ]);
  });

  test('Windows images join lines with a backtick and write paths with a backslash', () => {
    const text = '# escape=`\nFROM scratch\nRUN cd C:\\temp && `\n    pip install `\n pyodbc==4.0.39\n';
    expect(pointed(text)).toEqual(['driver: 4.0.39']);
  });
});

describe('connection strings', () => {
  test('of ENV, within their quotes', () => {
    const text = `FROM scratch
ENV DB="Server=sql,1433;Database=a;Encrypt=True" OTHER=1
ENV OLD Server=old;Database=a;Encrypt=False
`;
    expect(pointed(text)).toEqual([
      'connection: Server=sql,1433;Database=a;Encrypt=True',
      'connection: Server=old;Database=a;Encrypt=False',
    ]);
  });
});

describe('what is no Dockerfile', () => {
  test('is unreadable at its place', () => {
    expect(problemOf(dockerfile, '\nRUN true\n')).toMatchObject({
      message: 'expected a FROM instruction',
      start: 1,
    });
    expect(problemOf(dockerfile, 'ARG A=1\nFROM \n')).toMatchObject({
      message: 'expected the name of an image after FROM',
      start: 8,
    });
  });

  test('an empty file and comments alone declare nothing', () => {
    expect(declared('')).toEqual([]);
    expect(declared('# nothing\n\n')).toEqual([]);
  });

  test('variables that double themselves stay bounded', () => {
    const text = `FROM scratch\nENV A=1.2.3\n${'ENV A=$A$A\n'.repeat(60)}RUN apt-get install msodbcsql17=$A\n`;
    expect(declared(text)).toHaveLength(1);
  });

  test('thousands of stages, one on the other', () => {
    const started = performance.now();
    expect(declared(`${'FROM debian:12 AS debian:12\n'.repeat(20_000)}`)).toMatchObject([
      { span: { line: 1 } },
    ]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  const WHOLE = `# escape=\\
ARG TAG=22.04
FROM --platform=linux/amd64 ubuntu:\${TAG:-20.04} AS base
SHELL ["/bin/bash", "-c"]
RUN apt-get install \\
  # comment
  'msodbcsql17'="17.10.5.1-1" && curl "https://example.com/msodbcsql17_17.4.2.1-1_amd64.apk"
RUN <<EOF cat <<-'X'
pip install "pyodbc[x]==4.0.39"
EOF
ENV A="Server=x;Database=\\"y" B=c\\ d
RUN ["npm", "i", "tedious@16"]
FROM base
`;
  test('any prefix is read or unreadable', () => {
    for (let end = 0; end <= WHOLE.length; end += 1) problemOf(dockerfile, WHOLE.slice(0, end));
    expect(problemOf(dockerfile, WHOLE)).toBeNull();
  });

  test('so is any text with a piece cut out or put in', () => {
    fc.assert(
      fc.property(fc.nat(WHOLE.length), fc.nat(40), fc.string({ maxLength: 8 }), (at, length, piece) => {
        problemOf(dockerfile, WHOLE.slice(0, at) + piece + WHOLE.slice(at + length));
      }),
    );
  });
});
