/** The exact reason a connection dies, finer than the step: rules and `explain` name it, and a fix follows from it. */
export type Cause =
  /** The driver's build, or the stack it runs on, has no version that the other side takes. */
  | 'client-protocols'
  | 'server-protocols'
  /** No suite stands in both lists. */
  | 'suites-disjoint'
  /** Suites are in common, but for another kind of key than the certificate has. */
  | 'certificate-key-type'
  /** Suites are in common, but they need a version that is not. */
  | 'suites-of-another-version'
  /** ECDHE suites are in common, named groups are not. */
  | 'groups-disjoint'
  /** Nothing that the server could sign its key exchange with is in the client's list. */
  | 'signature-algorithms-disjoint'
  /** The hash of the certificate's signature is not in the client's list. */
  | 'certificate-hash'
  /** The same for the SHA-1 certificate that SQL Server 2016 and older make for themselves. */
  | 'sha1-fallback-certificate'
  | 'certificate-key-size'
  | 'negative-serial-number'
  | 'x509-version'
  | 'certificate-expired'
  | 'certificate-not-trusted'
  | 'certificate-name'
  /** The prime of TLS_DHE is shorter than the client takes. */
  | 'dh-key-size'
  /** TLS_DHE, and one side alone strips leading zero bytes of the shared secret. */
  | 'dhe-leading-zero'
  /** The driver, or the server, does not know TDS 8.0. */
  | 'driver-without-strict'
  | 'server-without-strict'
  /** The server takes nothing but TDS 8.0. */
  | 'server-forces-strict'
  | 'server-without-encryption'
  /** The server insists on encryption and the client has none. */
  | 'client-without-encryption';
