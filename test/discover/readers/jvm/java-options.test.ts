// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${…} is how shells write a variable
import { expect, test } from '@jest/globals';
import { javaOptions } from '../../../../src/discover/readers/jvm/java-options.ts';
import { plain } from '../../../../src/discover/text/decoded.ts';
import { SourceText } from '../../../../src/discover/text/source-text.ts';

const read = (text: string) =>
  javaOptions(new SourceText('.env', text), plain(new SourceText('.env', text), 0, text.length)).map(
    ({ setting, value, text: written }) => [setting, value, written],
  );

test.each([
  ['-Djdk.tls.client.protocols=TLSv1', ['protocol', ['TLSv1'], 'TLSv1']],
  [
    '-Xmx1g -Djdk.tls.client.protocols="TLSv1, TLSv1.2" x',
    ['protocol', ['TLSv1', 'TLSv1.2'], 'TLSv1, TLSv1.2'],
  ],
  ['"-Djdk.tls.client.protocols=TLSv1,TLSv1.1"', ['protocol', ['TLSv1', 'TLSv1.1'], 'TLSv1,TLSv1.1']],
  ["-D'jdk.tls.server.protocols=TLSv1.2'", ['protocol', ['TLSv1.2'], 'TLSv1.2']],
  ['-Djdk.tls.client.protocols=\\"TLSv1\\"', ['protocol', ['TLSv1'], 'TLSv1']],
  ['-Djdk.tls.client.protocols=${P}', ['protocol', null, '${P}']],
  ['-Djdk.tls.useExtendedMasterSecret=false', ['extended-master-secret', false, 'false']],
  ['-Djava.security.properties==/a/b', ['policy', '/a/b', '/a/b']],
])('%s', (text, expected) => {
  expect(read(text)).toEqual([expected]);
});

test.each([
  '-Djdk.tls.disabledAlgorithms=SSLv3',
  '-Djdk.tls.client.protocols=',
  '-Djdk.tls.client.protocols',
  'x-Djdk.tls.client.protocols=TLSv1',
  '-Duser.timezone=UTC',
])('%s sets nothing of TLS', (text) => {
  expect(read(text)).toEqual([]);
});
