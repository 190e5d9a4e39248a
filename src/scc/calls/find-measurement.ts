import { UnexpectedResponse } from '../../errors.js';
import type { SccOperation } from '../context.js';
import { changedAt, type ChangedMeasurement, toMeasurement } from '../decode/measurement.js';
import { isNothing, measurementSchema } from '../decode/schemas.js';
import { requireMeasurementId } from '../names/ids.js';
import { apiMeasurementRoute } from '../routes.js';
import { getJson } from '../site/get-page.js';
import type { Measurement } from '../types.js';

export async function findMeasurement(op: SccOperation, id: string): Promise<Measurement | undefined> {
  return (await findChanged(op, id))?.measurement;
}

/** One measurement with the moment of its last change, or `undefined` (SCC JSON API: 404 or an empty answer). */
export async function findChanged(op: SccOperation, id: string): Promise<ChangedMeasurement | undefined> {
  const checked = requireMeasurementId(op.arguments, id);
  const url = apiMeasurementRoute(encodeURIComponent(checked));
  const value = await getJson(op, { url });
  if (isNothing(value)) return undefined;
  const init = op.init({ url });
  const decoded = await measurementSchema.decode(value, { init, what: 'the measurement' });
  if (decoded.id !== checked)
    throw new UnexpectedResponse(
      `asked for ${checked}, but the SCC answered with ${op.redactor.page(decoded.id).slice(0, 64)}`,
      init,
    );
  const measurement = toMeasurement(decoded, (warning) => op.warn(op.redactor.page(warning)));
  return { measurement, changedAt: changedAt(decoded) };
}
