import { selectionOf, type Selection } from '../../array/selection.js';
import type { Attribute, DataType, NdArray, Variable } from '../../types.js';
import type { Hdu } from '../hdus.js';
import { unusedName } from '../hdus.js';

/** What every column of a table has. */
export interface Column {
  /** Of the variable: `<HDU>/<column>`. */
  readonly name: string;
  /** Its TTYPE alone. */
  readonly label: string;
  /** 1-based, as in the keywords. */
  readonly number: number;
  readonly rows: number;
  readonly rowBytes: number;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** The columns of a table, with the cards of each by their keywords without the number. */
export function columnsOf({ name, header, axes, dtype }: Hdu): Column[] {
  const [rowBytes, rows] = axes;
  if (axes.length !== 2 || rowBytes === undefined || rows === undefined || dtype !== 'uint8')
    throw header.wrong(`${name} is a table; it must have two axes of bytes`);
  const fields = header.size('TFIELDS');
  if (fields > 999) throw header.wrong(`TFIELDS is ${fields}; the maximum is 999`);
  const attributes = Array.from({ length: fields }, () => new Map<string, Attribute>());
  for (const [keyword, value] of Object.entries(header.attributes)) {
    const [, stem = '', digits = ''] = /^([A-Z]+)(\d{1,3})$/u.exec(keyword) ?? [];
    if (stem.startsWith('T') || stem === 'ZFORM' || stem === 'ZCTYP') attributes[Number(digits) - 1]?.set(stem, value);
  }
  const names = new Map<string, number>();
  return attributes.map((cards, index) => {
    const label = cards.get('TTYPE');
    const own = typeof label === 'string' && label !== '' ? label : `col${index + 1}`;
    return {
      name: `${name}/${unusedName(own, names)}`,
      label: own,
      number: index + 1,
      rows,
      rowBytes,
      attributes: Object.fromEntries(cards),
    };
  });
}

/** In what the columns of tables differ. */
export interface ColumnParts {
  readonly dtype: DataType;
  readonly shape: readonly number[];
  readonly fill?: Variable['fill'];
  /** The values of a part. */
  read(part: Selection, isDecoded: boolean): Promise<NdArray>;
}

/** A column as a variable. Its axes have no names. */
export function columnVariable({ name, attributes }: Column, parts: ColumnParts): Variable {
  const { dtype, shape, fill } = parts;
  const unit = attributes.TUNIT;
  return {
    name,
    dtype,
    shape: [...shape],
    dimensions: shape.map(() => ''),
    attributes,
    ...(typeof unit === 'string' && unit !== '' ? { units: unit } : {}),
    ...(fill === undefined ? {} : { fill }),
    read: async (options = {}) => parts.read(selectionOf(shape, options), options.decode !== false),
  };
}
