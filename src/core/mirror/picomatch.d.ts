/** What is used of picomatch, which brings no declarations. */
declare module 'picomatch' {
  /** Makes a test of texts out of glob patterns. */
  function picomatch(
    patterns: readonly string[],
    options?: { readonly dot?: boolean; readonly basename?: boolean },
  ): (text: string) => boolean;
  export = picomatch;
}
