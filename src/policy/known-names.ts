/** What a policy file may name that is defined elsewhere. */
export interface KnownNames {
  /** Ids of all rules. */
  readonly rules: readonly string[];
  /** Names that may follow `lab:`. */
  readonly labProfiles: readonly string[];
  /** IANA names of all cipher suites. */
  readonly suites: readonly string[];
}
