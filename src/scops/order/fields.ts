import type { Arguments } from '../../core/operation/arguments.js';
import type { Flight } from '../types.js';
import type { CheckedOrder } from './check.js';
import { lineRanges, maskFields } from './lines.js';
import { pixelSizeFor } from './pixel-size.js';
import { projectionFor } from './projection.js';
import { tagOrder } from './tag.js';

/** The text fields of the request form (protocol notes 5.1 and 5.2), and the mark in them. */
export interface OrderFields {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly tag: string;
}

/**
 * Fills in the request form. Boxes are `on` or left out (pitfall 24), the page's hidden values go back as they came
 * (pitfall 31), and `bandratio` is always there, because the answer tells the config name only then; `no` does not hold the
 * order (protocol notes 8.1).
 *
 * @throws `TypeError` or `RangeError` where the order does not fit the flight.
 */
export function orderFields(args: Arguments, order: CheckedOrder, flight: Flight): OrderFields {
  const lines = lineRanges(args, flight, order.lines, order.allowUnorderableLines);
  const projection = projectionFor(args, flight, order.projection);
  const [x, y] = pixelSizeFor(args, flight, order.pixelSize, projection);
  const { tag, projString, bounds } = tagOrder(projection, order.bounds ?? flight.bounds);
  const fields: [string, string][] = [
    ['julianday', flight.form.julianday],
    ['sortie', flight.form.sortie],
    ['year', flight.form.year],
    ['project', flight.form.project],
    ['email', order.email],
    ['bound_n', bounds[0]],
    ['bound_s', bounds[1]],
    ['bound_e', bounds[2]],
    ['bound_w', bounds[3]],
    ['pixel_size_x', x],
    ['pixel_size_y', y],
    ['projectionRadios', projection.choice],
    ['projString', projString],
    ['optionsIntRadios', order.interpolation],
    ...demFields(order),
    ...maskFields(order.masks),
    ['process_all_lines', 'on'],
    ...lines.flatMap(({ name, first, last }): [string, string][] => [
      [`${name}_line_check`, 'on'],
      [`${name}_band_start`, String(first)],
      [`${name}_band_stop`, String(last)],
    ]),
    ['bandratio', order.bandMath ? 'on' : 'no'],
  ];
  return { fields, tag };
}

function demFields({ dem }: CheckedOrder): [string, string][] {
  switch (dem.kind) {
    case 'aster':
    case 'srtm':
      return [['optionsDemRadios', dem.kind]];
    case 'ftp':
      return [
        ['optionsDemRadios', 'upload'],
        ['optionsDemUploadRadios', 'ftp_true'],
      ];
    case 'file':
      return [
        ['optionsDemRadios', 'upload'],
        ['optionsDemUploadRadios', 'hdr_true'],
      ];
  }
}
