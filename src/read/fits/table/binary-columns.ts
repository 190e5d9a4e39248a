import type { Hdu } from '../hdus.js';
import { scalingOf, type Scaling } from '../scaling.js';
import { columnsOf, type Column } from './columns.js';
import { formOf, type Form } from './form.js';

/** A column of a binary table: where it lies, and what its values mean. */
export interface BinaryColumn extends Column {
  readonly hdu: Hdu;
  readonly form: Form;
  /** The byte of its first value. */
  readonly offset: number;
  readonly scaling: Scaling;
}

/** The columns of a binary table in their order. */
export function binaryColumns(hdu: Hdu): BinaryColumn[] {
  const { header } = hdu;
  let offset = hdu.dataOffset;
  return columnsOf(hdu).map((column) => {
    const { number, rowBytes } = column;
    const form = formOf(header, `TFORM${number}`);
    const start = offset;
    offset += form.bytes;
    if (offset - hdu.dataOffset > rowBytes)
      throw header.wrong(`column ${number} ends at byte ${offset - hdu.dataOffset} of a row of ${rowBytes} bytes`);
    return {
      ...column,
      hdu,
      form,
      offset: start,
      scaling: scalingOf(header, `TSCAL${number}`, `TZERO${number}`, `TNULL${number}`),
    };
  });
}
