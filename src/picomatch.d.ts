// The part of picomatch 4 that is used here; the package carries no types.
declare module 'picomatch' {
  interface Options {
    /** `*` and `**` match names that begin with a dot too. */
    dot?: boolean;
    /** A leading `!` is a character like any other. */
    nonegate?: boolean;
  }
  function picomatch(glob: string | readonly string[], options?: Options): (path: string) => boolean;
  export = picomatch;
}
