/** Chains of a private CA, one for each thing that can be wrong with one. */
import { generateKeyPairSync } from 'node:crypto';
import {
  basicConstraints,
  commonName,
  der,
  type KeyPair,
  keyUsage,
  madeCertificate,
  OTHER_RSA,
  RSA,
  type Wanted,
} from './made-certificate.ts';

export const CA_KEYS: KeyPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ROOT_NAME = commonName('Contoso Root');
const ISSUER_NAME = commonName('Contoso Issuing CA');
const isCa = [basicConstraints(true), keyUsage(1, 0x06)];
const made = (wanted: Wanted) => madeCertificate({ dnsNames: [], ...wanted });

/** Keys: the root's, its issuing CA's (`OTHER_RSA`), the leaf's (`RSA`). */
export const ROOT = made({ subject: ROOT_NAME, keys: CA_KEYS, extensions: isCa });
const issuing = (wanted: Wanted = {}) =>
  made({
    subject: ISSUER_NAME,
    issuer: ROOT_NAME,
    keys: OTHER_RSA,
    signer: CA_KEYS,
    extensions: isCa,
    ...wanted,
  });
export const ISSUER = issuing();
export const leafOf = (wanted: Wanted = {}): Buffer =>
  madeCertificate({ issuer: ISSUER_NAME, keys: RSA, signer: OTHER_RSA, ...wanted });
export const LEAF = leafOf();
const PAST = der(0x17, '260601000000Z');
const FUTURE = der(0x17, '300101000000Z');
const STRANGER = made({ subject: commonName('Somebody Else') });

export interface Chain {
  readonly name: string;
  readonly sent: readonly Buffer[];
  readonly roots: readonly Buffer[];
  readonly state: string;
}

const chain = (name: string, state: string, sent: readonly Buffer[], roots = [ROOT]): Chain => ({
  name,
  state,
  sent,
  roots,
});

/** Judged at {@link NOW}. */
export const NOW = '2027-01-01T00:00:00Z';
export const CHAINS: readonly Chain[] = [
  chain('good', 'trusted', [LEAF, ISSUER]),
  chain('good, the root sent too', 'trusted', [LEAF, ISSUER, ROOT]),
  chain('wrong order', 'trusted', [LEAF, ROOT, ISSUER]),
  chain('superfluous certificates', 'trusted', [LEAF, STRANGER, ISSUER, ISSUER]),
  chain('signed by the root itself', 'trusted', [leafOf({ issuer: ROOT_NAME, signer: CA_KEYS })]),
  chain('self-signed, trusted by itself', 'trusted', [madeCertificate()], [madeCertificate()]),
  chain('self-signed', 'self-signed', [madeCertificate()]),
  chain('the intermediate is missing', 'unknown-issuer', [LEAF]),
  chain('the root is another one', 'unknown-issuer', [LEAF, ISSUER, ROOT], [STRANGER]),
  chain('no roots', 'unknown-issuer', [LEAF, ISSUER], []),
  chain('expired', 'expired', [leafOf({ notAfter: PAST }), ISSUER]),
  chain('the intermediate is expired', 'expired', [LEAF, issuing({ notAfter: PAST })]),
  chain('not yet valid', 'not-yet-valid', [leafOf({ notBefore: FUTURE }), ISSUER]),
  chain('the issuer is no CA', 'issuer-no-ca', [LEAF, issuing({ extensions: [basicConstraints(false)] })]),
  chain('the issuer says nothing of a CA', 'issuer-no-ca', [LEAF, issuing({ extensions: [] })]),
  chain('the issuer may sign no certificates', 'issuer-no-ca', [
    LEAF,
    issuing({ extensions: [basicConstraints(true), keyUsage(5, 0xa0)] }),
  ]),
  chain('signed with another key', 'broken', [leafOf({ signer: RSA }), ISSUER]),
  chain('the intermediate was renewed, the old one sent too', 'trusted', [
    LEAF,
    issuing({ notAfter: PAST }),
    ISSUER,
  ]),
  chain('two issuers of one name, one of them right', 'trusted', [LEAF, issuing({ keys: RSA }), ISSUER]),
];
