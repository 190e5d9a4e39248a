import { basename } from 'node:path';
import type { DataFile, Variable } from '../../read/index.js';
import type { Context } from '../command/context.js';
import type { CommandSpec } from '../command/spec.js';
import type { Column } from '../output/columns.js';
import { dimensionsOf, headerText } from './header-text.js';
import { partOf } from './part.js';
import { plotPart } from './plot-part.js';
import { plainValue, scalarText } from './value-text.js';
import { nested, valuesOf, valuesText, type Values } from './values.js';

const FORMATS = ['netcdf3', 'netcdf4', 'cdf', 'fits', 'ccsds', 'envi'] as const;

/** `sdc show`. */
export const show: CommandSpec = {
  name: 'show',
  summary: 'print what is in a file: netCDF, CDF, FITS, CCSDS packets, ENVI; compressed with gzip too',
  details:
    'Without -v: dimensions, variables with types and attributes, and attributes of the file, as ncdump -h prints them.\n' +
    'With -v: values. Brackets hold an index for each axis, or first:end:step (end exclusive); negative numbers count from the end.\n' +
    'With --plot: a picture of one variable. This needs the package vega; PNG needs sharp as well.',
  arguments: [{ flags: '<file>', text: 'the file; for an ENVI cube, the data or the header' }],
  options: [
    { flags: '-v, --variable <part>', text: 'values of a variable or part of it, such as data[0:10,5]', each: true },
    { flags: '--stored', text: 'values as stored: no scaling, fill values as numbers, no times' },
    {
      flags: '--plot <picture>',
      text: 'plot the variable of -v, or the only one, into a file: picture.svg or picture.png',
      conflicts: ['stored'],
    },
    {
      flags: '--against <variable>',
      text: 'with --plot: the variable to draw lines against; default: time, height, or what the file names',
    },
    { flags: '--error <variable>', text: 'with --plot: the uncertainty of a line, drawn as a band' },
    { flags: '--json', text: 'the same as --output json' },
    { flags: '--format <format>', text: 'the format, if it cannot be recognised from the content', choices: FORMATS },
  ],
  examples: [
    ['sdc show profile.nc', 'see what is in a file'],
    ['sdc show flight-line.bil -v "data[10,0:5,0:5]"', 'a corner of a band'],
    [
      'sdc show profile.nc -v backscatter --error error_backscatter --plot profile.svg',
      'plot a profile with its error',
    ],
    ['sdc show level0.pkts -v apid -v "shcoarse[-10:]" --json', 'values as JSON'],
  ],
  run: async (context) => {
    const { input, signal } = context;
    const { openData } = await import('../../read/index.js');
    const path = input.argument('file');
    await using file = await openData(path, { signal, format: input.choice('format', FORMATS) });
    for (const warning of file.warnings) context.warn(warning);
    const picture = await plotPart(context, file);
    if (picture !== undefined) {
      if (formatOf(context) === 'json') printJson(context, { plot: picture });
      else context.terminal.out(`${picture}\n`);
      return;
    }
    const parts = (input.list('variable') ?? []).map((text) => partOf(file, text));
    if (parts.length === 0) {
      await printHeader(context, path, file);
      return;
    }
    const all: Values[] = [];
    for (const part of parts) {
      const values = await valuesOf(part, !input.flag('stored'));
      if (formatOf(context) === 'table') for (const piece of valuesText(values)) context.terminal.out(piece);
      else all.push(values);
    }
    if (formatOf(context) === 'json')
      printJson(
        context,
        all.map((values) => ({ ...values, data: nested(values) })),
      );
    else if (formatOf(context) === 'csv') await context.rows(CELLS, all.flatMap(cellsOf));
  },
};

const formatOf = ({ input, format }: Context): Context['format'] => (input.flag('json') ? 'json' : format);

async function printHeader(context: Context, path: string, file: DataFile): Promise<void> {
  const variables = [...file.variables.values()];
  if (formatOf(context) === 'csv') return context.rows(VARIABLES, variables);
  if (formatOf(context) === 'table') {
    context.terminal.out(headerText(basename(path), file));
    return;
  }
  const { format, attributes, groups, warnings } = file;
  printJson(context, {
    path,
    format,
    dimensions: dimensionsOf(variables),
    variables: variables.map((variable) => ({ ...variable, read: undefined })),
    attributes,
    groups: groups ?? {},
    warnings,
  });
}

function printJson({ terminal }: Context, value: unknown): void {
  terminal.out(`${JSON.stringify(value, plainValue, 2)}\n`);
}

const VARIABLES: readonly Column<Omit<Variable, 'read'>>[] = [
  { name: 'name', value: ({ name }) => name },
  { name: 'dtype', value: ({ dtype }) => dtype },
  { name: 'shape', value: ({ shape }) => shape.join(' ') },
  { name: 'dimensions', value: ({ dimensions }) => dimensions.join(' ') },
  { name: 'units', value: ({ units }) => units },
];

interface CellOfPart {
  readonly name: string;
  readonly index: string;
  readonly value: string;
}

const CELLS: readonly Column<CellOfPart>[] = [
  { name: 'name', value: ({ name }) => name },
  { name: 'index', value: ({ index }) => index },
  { name: 'value', value: ({ value }) => value },
];

/** A row for each value, with its place within the part. */
function cellsOf({ name, shape, data }: Values): CellOfPart[] {
  return Array.from<unknown, CellOfPart>(data, (value, at) => {
    let rest = at;
    const index = shape.map(() => 0);
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const length = shape[axis] ?? 1;
      index[axis] = rest % length;
      rest = Math.floor(rest / length);
    }
    return { name, index: index.join(' '), value: typeof value === 'string' ? value : scalarText(value) };
  });
}
