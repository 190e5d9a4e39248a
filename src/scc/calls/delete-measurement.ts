import type { SccOperation } from '../context.js';
import { removeMeasurement } from '../measurements/remove.js';
import { inTurn } from '../site/admin.js';

/** Deletes a measurement, after the reruns and deletions of this client that began before. */
export async function deleteMeasurement(
  op: SccOperation,
  id: string,
  options: { readonly related?: boolean },
): Promise<void> {
  return inTurn(op, (delivery) => removeMeasurement(op, id, options, delivery));
}
