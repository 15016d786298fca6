import { expect, test } from '@jest/globals';
import { declareTlsEdits } from '../../../../src/discover/readers/containers/openssl-edits.ts';
import { shellCommands } from '../../../../src/discover/readers/containers/shell-words.ts';
import { SourceText } from '../../../../src/discover/text/source-text.ts';

/** `setting value at the text it stands in`. */
function said(script: string): string[] {
  const source = new SourceText('Dockerfile', script);
  return declareTlsEdits(source, shellCommands(script, 0, script.length)).map(
    ({ setting, value, text }) => `${setting} ${value} at ${text}`,
  );
}

const CNF = '/etc/ssl/openssl.cnf';

test.each([
  [`sed -i 's/MinProtocol = TLSv1.2/MinProtocol = TLSv1.0/' ${CNF}`, ['minimum-protocol TLS 1.0 at TLSv1.0']],
  [`sed -i 's/TLSv1.2/TLSv1/g' ${CNF}`, ['minimum-protocol TLS 1.0 at TLSv1']],
  [`sed -E -i 's,(MinProtocol *= *).*,\\1SSLv3,' ${CNF}`, ['minimum-protocol SSL 3.0 at SSLv3']],
  [`sed -i 's/^MaxProtocol.*/MaxProtocol=TLSv1.2/' ${CNF}`, ['maximum-protocol TLS 1.2 at TLSv1.2']],
  [`sed -i 's/a/b/;s/SECLEVEL=2/SECLEVEL=0/' ${CNF}`, ['policy SECLEVEL 0 at SECLEVEL=0']],
  [`sed -i "s/CipherString = .*/CipherString = $LIST/" ${CNF}`, ['cipher-suites null at $LIST']],
  [`echo "MinProtocol = TLSv1.1" | tee -a ${CNF}`, ['minimum-protocol TLS 1.1 at TLSv1.1']],
  [`cat <<EOF >> ${CNF}\nMinProtocol = TLSv1.1\nEOF`, ['minimum-protocol TLS 1.1 at TLSv1.1']],
  ['update-crypto-policies --set DEFAULT:SHA1', ['policy DEFAULT:SHA1 at DEFAULT:SHA1']],
])('%s', (script, expected) => {
  expect(said(script)).toEqual(expected);
});

test.each([
  `sed -i 's/^MinProtocol/#MinProtocol/' ${CNF}`,
  `sed -i '/MinProtocol/d' ${CNF}`,
  `sed -i 's/MinProtocol = TLSv1.0/MinProtocol = None/' ${CNF}`,
  "sed -i 's/TLSv1.2/TLSv1/' /etc/nginx/nginx.conf",
  `grep 'MinProtocol = TLSv1.2' ${CNF}`,
  "echo 'MinProtocol = TLSv1.2'",
  `echo '# MinProtocol = TLSv1.2' >> ${CNF}`,
  'update-crypto-policies --show',
  'update-crypto-policies --set',
])('nothing in %s', (script) => {
  expect(said(script)).toEqual([]);
});
