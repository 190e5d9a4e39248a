/** Why Python 2.7 would not take a source; the reader of plugins makes it a problem of the plugin. */
export class PythonError extends Error {
  override readonly name = 'PythonError';

  /**
   * @param line - Where, from 1 on.
   * @param what - What is wrong there.
   */
  constructor(
    readonly line: number,
    readonly what: string,
  ) {
    super(`line ${line}: ${what}`);
  }
}
