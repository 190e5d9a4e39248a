import { PythonError } from '../python/error.js';
import { pythonFloat } from '../python/numbers.js';

const NUMBERS = ['_band', 'pixel_size', 'bound', 'year', 'julianday'];

/** The server's checks, all of them; false leads to the page `Validation Failed!`, an exception to 500. */
export function isValid(fields: Iterable<readonly [name: string, value: string]>): boolean {
  for (const [name, value] of fields) {
    if (NUMBERS.some((part) => name.includes(part))) {
      const number = pythonFloat(value);
      if (number === undefined) throw new PythonError(`ValueError: could not convert to float: ${value}`);
      if (Number.isNaN(number)) return false;
    }
    if (name.includes('check') && !value.includes('on')) return false;
    if (name.includes('proj_string')) throw new PythonError('RuntimeError: no secret key');
    if (value.includes(';')) return false;
  }
  return true;
}
