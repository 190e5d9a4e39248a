import type { FlightLine } from '../../scops/index.js';
import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import type { Column } from '../output/columns.js';
import { withScops } from './open.js';
import { flightDay, FLIGHT_ARGUMENTS } from './order-input.js';

const COLUMNS: readonly Column<FlightLine>[] = [
  { name: 'line', title: 'Line', value: ({ name }) => name },
  { name: 'sensor', title: 'Sensor', value: ({ sensor }) => sensor },
  { name: 'bands', title: 'Bands', value: ({ bands }) => bands.length },
  { name: 'first_nm', title: 'From nm', value: ({ bands }) => bands[0]?.wavelengthNm },
  { name: 'last_nm', title: 'To nm', value: ({ bands }) => bands.at(-1)?.wavelengthNm },
  { name: 'orderable', title: 'Orderable', value: ({ orderable }) => orderable },
];

/** `sdc scops flight`. */
export const flight: CommandSpec = {
  name: 'flight',
  summary: 'show a flight day: lines, bands, box, projections, pixel sizes',
  arguments: FLIGHT_ARGUMENTS,
  examples: [['sdc scops flight 2014 217', 'a flight without a sortie letter']],
  run: async (context) => {
    const found = await withScops(context, (scops) => scops.getFlight(flightDay(context), { signal: context.signal }));
    if (context.format === 'json') {
      context.document(found);
      return;
    }
    await context.rows(COLUMNS, found.lines);
    const { north, south, east, west } = found.bounds;
    const facts = defined({
      box: `north ${north}, south ${south}, east ${east}, west ${west}`,
      projections: found.projections.join(', '),
      'pixel sizes': `${found.pixelSizes.join(', ')} m`,
      'optimal pixel': found.optimalPixelSize === undefined ? undefined : `${found.optimalPixelSize} m`,
    });
    for (const [name, fact] of Object.entries(facts)) context.answer(`${name}: ${fact}`);
  },
};
