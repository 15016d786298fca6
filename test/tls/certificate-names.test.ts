// Which hosts a certificate names, and where Node thinks otherwise.
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { certificateNames, type NameFacts, presentedNames } from '../../src/tls/certificate-names.ts';

const facts = (parts: Partial<NameFacts>): NameFacts => ({
  dnsNames: [],
  ipAddresses: [],
  commonName: null,
  ...parts,
});
const named = (dnsNames: readonly string[], host: string) => certificateNames(facts({ dnsNames }), host);

describe('DNS names', () => {
  test.each([
    ['sql01.contoso.example', 'sql01.contoso.example', true],
    ['sql01.contoso.example', 'SQL01.Contoso.Example.', true],
    ['SQL01.CONTOSO.EXAMPLE.', 'sql01.contoso.example', true],
    ['sql01.contoso.example', 'sql01', false],
    ['sql01', 'sql01', true],
    ['*.contoso.example', 'sql01.contoso.example', true],
    ['*.contoso.example', 'a.sql01.contoso.example', false],
    ['*.contoso.example', 'contoso.example', false],
    ['*.contoso.example', '.contoso.example', false],
    ['sql*.contoso.example', 'sql01.contoso.example', false],
    ['sql.*.example', 'sql.contoso.example', false],
    ['*.*.example', 'sql.contoso.example', false],
    ['*.example', 'contoso.example', false],
    ['*', 'sql01', false],
    ['*.contoso.example', '*.contoso.example', false],
    ['xn--gre-6ka8i.example', 'größe.example', true],
    ['größe.example', 'größe.example', false],
    ['', '', false],
  ])('%j names %j: %p', (presented, host, expected) => {
    expect(named([presented], host)).toBe(expected);
  });

  test('any of several', () => {
    expect(named(['a.example', 'sql01.contoso.example'], 'sql01.contoso.example')).toBe(true);
  });
});

describe('addresses', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1', '10.0.0.2', false],
    ['2001:db8::1', '2001:0DB8:0:0::1', true],
    ['2001:db8::1', '[2001:db8::1]', true],
    ['::1', '::2', false],
  ])('%j names %j: %p', (address, host, expected) => {
    expect(certificateNames(facts({ ipAddresses: [address] }), host)).toBe(expected);
  });

  test('neither a dNSName nor a CN stands for an address', () => {
    expect(named(['10.0.0.1'], '10.0.0.1')).toBe(false);
    expect(certificateNames(facts({ commonName: '10.0.0.1' }), '10.0.0.1')).toBe(false);
    expect(named(['*.0.0.1'], '10.0.0.1')).toBe(false);
  });
});

describe('CN', () => {
  const commonName = 'sql01.contoso.example';
  test('counts only where no name and no address stands beside it', () => {
    expect(certificateNames(facts({ commonName }), commonName)).toBe(true);
    expect(certificateNames(facts({ commonName, dnsNames: ['b.example'] }), commonName)).toBe(false);
    expect(certificateNames(facts({ commonName, ipAddresses: ['10.0.0.1'] }), commonName)).toBe(false);
    expect(presentedNames(facts({ commonName }))).toEqual([commonName]);
    expect(presentedNames(facts({}))).toEqual([]);
  });
});

describe('Node', () => {
  const node = ({ dnsNames, ipAddresses, commonName }: NameFacts, host: string): boolean => {
    const names = [
      ...dnsNames.map((name) => `DNS:${name}`),
      ...ipAddresses.map((one) => `IP Address:${one}`),
    ];
    const certificate = { subject: { CN: commonName ?? undefined }, subjectaltname: names.join(', ') };
    return checkServerIdentity(host, certificate as unknown as PeerCertificate) === undefined;
  };
  const label = fc.constantFrom('sql', 'SQL', 'a', 'b', 'example', 'contoso');
  const dns = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
  const presented = fc.tuple(fc.boolean(), dns).map(([wild, name]) => (wild ? `*.${name}` : name));
  const address = fc.constantFrom('10.0.0.1', '10.0.0.2', '::1', '2001:db8::1');
  const anyFacts = fc.record({
    dnsNames: fc.array(presented, { maxLength: 3 }),
    ipAddresses: fc.array(address, { maxLength: 2 }),
    commonName: fc.option(dns),
  });

  test('says the same of every other certificate', () => {
    const alike = anyFacts.filter(
      ({ dnsNames, ipAddresses }) => dnsNames.length > 0 || ipAddresses.length === 0,
    );
    fc.assert(
      fc.property(alike, fc.oneof(dns, address), (certificate, host) => {
        expect(certificateNames(certificate, host)).toBe(node(certificate, host));
      }),
      { numRuns: 3000 },
    );
  });

  test('differs: the CN beside an address alone (RFC 6125 §6.4.4 lets it count)', () => {
    const both = facts({ ipAddresses: ['10.0.0.1'], commonName: 'sql01' });
    expect([certificateNames(both, 'sql01'), node(both, 'sql01')]).toEqual([false, true]);
  });

  test('differs: a wildcard within a label, which RFC 9525 §6.3 forbids', () => {
    const within = facts({ dnsNames: ['sql*.contoso.example'] });
    expect([
      certificateNames(within, 'sql01.contoso.example'),
      node(within, 'sql01.contoso.example'),
    ]).toEqual([false, true]);
  });
});
