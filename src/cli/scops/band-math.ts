import type { BandMathForm, BandMathRequest, ScopsClient } from '../../scops/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import type { OptionSpec } from '../command/option-spec.js';
import type { CommandSpec } from '../command/spec.js';
import { UsageError } from '../command/usage-error.js';
import { withScops } from './open.js';
import { ORDER_ARGUMENT, orderNameOf } from './orders.js';

const INDICES = ['ndvi', 'ndbi', 'ndwi', 'ndre', 'pri', 'savi'] as const;

/** Options that describe band maths. */
export const BAND_MATH_OPTIONS: readonly OptionSpec[] = [
  { flags: '--equation <name=text>', text: 'equation, such as ratio=band10/band20; may be repeated', each: true },
  {
    flags: '--index <names>',
    text: 'equations of known indices, with bands chosen by wavelength',
    choices: INDICES,
    many: true,
  },
  { flags: '--plugin <names>', text: 'plugins of the server', many: true },
];

/** Equations and plugins as the options name them; `undefined` where there is none. */
export interface BandMathInput {
  readonly equations: Readonly<Record<string, string>>;
  readonly indices: readonly (typeof INDICES)[number][];
  readonly plugins: readonly string[];
}

/** Reads the options of {@link BAND_MATH_OPTIONS}. */
export function bandMathInput({ input }: Context): BandMathInput | undefined {
  const equations = Object.fromEntries((input.list('equation') ?? []).map(equationOf));
  const named = input.list('index') ?? [];
  const indices = INDICES.filter((index) => named.includes(index));
  const plugins = input.list('plugin') ?? [];
  const some = Object.keys(equations).length + indices.length + plugins.length > 0;
  return some ? { equations, indices, plugins } : undefined;
}

/** Sends equations and plugins; indices become equations for the sensor of the order. */
export async function sendBandMath(
  scops: ScopsClient,
  configName: string,
  { equations, indices, plugins }: BandMathInput,
  { lines, signal }: { readonly lines?: readonly string[] | undefined; readonly signal: AbortSignal },
): Promise<string[]> {
  const bands = indices.length > 0 ? (await scops.getBandMath(configName, { signal })).bands : [];
  const all = { ...equations, ...(await indexEquations(indices, bands)) };
  const request: BandMathRequest = {
    ...defined({ lines }),
    ...(Object.keys(all).length > 0 && { equations: all }),
    ...(plugins.length > 0 && { plugins }),
  };
  const sent = await scops.submitBandMath(configName, request, { signal });
  return [...Object.entries(sent.equations).map(([name, text]) => `${name} = ${text}`), ...plugins];
}

/** Known indices for the bands of a sensor; a `RangeError` where it does not see what one needs. */
export async function indexEquations(
  indices: BandMathInput['indices'],
  bands: BandMathForm['bands'],
): Promise<Record<string, string>> {
  if (indices.length === 0) return {};
  const { ndbi, ndre, ndvi, ndwi, pri, savi } = await import('../../scops/index.js');
  const make = { ndvi, ndbi, ndwi, ndre, pri, savi: (seen: BandMathForm['bands']) => savi(seen) };
  return Object.fromEntries(indices.map((index) => [index, make[index](bands)]));
}

/** `sdc scops band-math`. */
export const bandMath: CommandSpec = {
  name: 'band-math',
  summary: 'show which band maths an order can have, or add equations and plugins to it',
  details:
    'The order must have been submitted with --band-math, and waits until this is done. Equations are NumExpr with band1, band2, …\n' +
    'With plugins, or with --line, SCOPS never makes the archive of the whole order: download the products one by one.',
  arguments: [ORDER_ARGUMENT],
  options: [...BAND_MATH_OPTIONS, { flags: '--line <names>', text: 'lines to use it for; default all', many: true }],
  examples: [
    ['sdc scops band-math GB13_08_2014_217_20180307152824', 'lines, bands, built-in equations, plugins'],
    ['sdc scops band-math order.json --index ndvi --equation ratio=band10/band20', 'an index and your own equation'],
  ],
  run: async (context) => {
    const { input, signal } = context;
    const configName = await orderNameOf(context);
    const wanted = bandMathInput(context);
    const lines = input.list('line');
    if (wanted === undefined && lines !== undefined)
      throw new UsageError('--line needs --equation, --index or --plugin');
    await withScops(context, async (scops) => {
      if (wanted === undefined) return showForm(context, await scops.getBandMath(configName, { signal }));
      const sent = await sendBandMath(scops, configName, wanted, { lines, signal });
      const words = `added to ${configName}: ${sent.join('; ')}`;
      return context.result(words, { status: 'added', configName, bandMath: sent.join('; ') });
    });
  },
};

async function showForm(context: Context, form: BandMathForm): Promise<void> {
  if (context.format === 'json') {
    context.document(form);
    return;
  }
  const rows = [
    ...form.lines.map((name) => ({ kind: 'line', name, text: '' })),
    ...form.plugins.map((name) => ({ kind: 'plugin', name, text: '' })),
    ...Object.entries(form.equations).map(([name, text]) => ({ kind: 'equation', name, text })),
    ...form.bands.map(({ number, wavelengthNm }) => ({
      kind: 'band',
      name: `band${number}`,
      text: wavelengthNm === undefined ? '' : `${wavelengthNm} nm`,
    })),
  ];
  await context.rows(
    [
      { name: 'kind', title: 'Kind', value: ({ kind }) => kind },
      { name: 'name', title: 'Name', value: ({ name }) => name },
      { name: 'text', title: 'Text', value: ({ text }) => text },
    ],
    rows,
  );
}

function equationOf(text: string): [string, string] {
  const [, name, equation] = /^\s*([^=\s]+)\s*=\s*(\S.*)$/u.exec(text) ?? [];
  if (name === undefined || equation === undefined)
    throw new UsageError(`--equation must be name=text, such as ratio=band10/band20, got ${JSON.stringify(text)}`);
  // Checked by the client too, but only once the order is stored.
  if (!/^[a-z][a-z0-9_]{1,30}$/u.test(name))
    throw new UsageError(`--equation: the name must be 2 to 31 lower-case letters, digits or _, got ${name}`);
  return [name, equation];
}
