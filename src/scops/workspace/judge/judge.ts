import type { ScopsConfig } from '../../config/types.js';
import type { ScopsEnvironment } from '../environment.js';
import { bandMathProblem, hasBandMaths, hasEquation, ticksProblem } from './band-maths.js';
import { deliveryProblem, findDeliveries, readLine } from './delivery.js';
import { demProblem, keysProblem, valuesProblem } from './keys.js';
import { schedulerProblem } from './order-state.js';

/** What will go wrong with an order. */
export interface Judgement {
  /** The scheduler stops for everybody, or lines of this order are never made. */
  readonly stops: 'scheduler' | 'lines';
  readonly problem: string;
}

/** Judges a config as scheduler and worker would, with the files that it names; `undefined` for a good one. */
export async function judgeConfig(config: ScopsConfig, environment: ScopsEnvironment): Promise<Judgement | undefined> {
  const [first = ''] = Object.keys(config.lines);
  const { sourcefolder: source = '' } = config.defaults;
  const early =
    schedulerProblem(config) ??
    (await keysProblem(config)) ??
    (await deliveryProblem(source, first, environment)) ??
    (await demProblem(config));
  if (early !== undefined) return { stops: 'scheduler', problem: early };
  const late = (await bandMathProblem(config)) ?? (await linesProblem(config, environment));
  return late === undefined ? undefined : { stops: 'lines', problem: late };
}

async function linesProblem(config: ScopsConfig, environment: ScopsEnvironment): Promise<string | undefined> {
  const { defaults, lines } = config;
  let made = hasBandMaths(config) || defaults.bandratio?.toLowerCase() === 'true';
  for (const [line, own] of Object.entries(lines)) {
    const values = { ...defaults, ...own };
    const problem = await valuesProblem(values);
    if (problem !== undefined) return `${problem} (line ${line})`;
    const isMade = values.process === 'true' || hasBandMaths(config);
    made ||= isMade;
    const missing = isMade ? await lineProblem(line, own, values, defaults, environment) : undefined;
    if (missing !== undefined) return missing;
  }
  return made ? undefined : 'process is false for every line, so there is nothing to make';
}

async function lineProblem(
  line: string,
  own: ScopsConfig['defaults'],
  values: ScopsConfig['defaults'],
  defaults: ScopsConfig['defaults'],
  environment: ScopsEnvironment,
): Promise<string | undefined> {
  const { sourcefolder: source = '', masking, band_range: range = '' } = values;
  const absent = await deliveryProblem(source, line, environment);
  if (absent !== undefined) return absent;
  for (const delivery of await findDeliveries(source, line, environment)) {
    const reading = await readLine(delivery, line, masking !== 'none' || hasEquation(own));
    if ('problem' in reading) return reading.problem;
    const { bands } = reading;
    if (Number(range.split('-')[1]) > bands) return `band_range of line ${line} is ${range}, but it has ${bands} bands`;
    const ticks = await ticksProblem(line, own, defaults, bands);
    if (ticks !== undefined) return ticks;
  }
  return undefined;
}
