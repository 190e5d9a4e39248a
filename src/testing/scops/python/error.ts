/** An exception inside the simulated service: a 500 page on the web side, the end of a tick on the processing host. */
export class PythonError extends Error {
  override readonly name = 'PythonError';
}
