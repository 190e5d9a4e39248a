import { defined } from '../../core/util/defined.js';
import type { ScopsProduct, ScopsState, ScopsStatus } from '../types.js';

/** The state of an order, by its products alone: the project archive may never come (pitfall 8). */
export function summarise(
  processingId: string,
  products: readonly ScopsProduct[],
  details?: Readonly<Record<string, string>>,
): ScopsStatus {
  const total = products.reduce((sum, product) => sum + product.percent, 0);
  return defined({
    processingId,
    state: stateOf(products.filter((product) => product.stage !== 'not-processing')),
    products,
    percent: products.length === 0 ? 0 : Math.round((total / products.length) * 10) / 10,
    details,
  });
}

function stateOf(products: readonly ScopsProduct[]): ScopsState {
  if (products.length === 0) return 'empty';
  const has = (state: ScopsProduct['state']): boolean => products.some((product) => product.state === state);
  const ended = products.every(({ state }) => state === 'complete' || state === 'failed');
  if (ended) return has('failed') ? (has('complete') ? 'partial' : 'failed') : 'complete';
  if (has('running') || has('unknown')) return 'running';
  if (has('stalled')) return 'stalled';
  return has('queued') && !has('complete') ? 'queued' : 'running';
}

/** Whether nothing more is to come. */
export function hasEnded(status: ScopsStatus): boolean {
  return status.state === 'complete' || status.state === 'partial' || status.state === 'failed';
}

/** Whether two status checks differ in a way worth reporting. */
export function hasChanged(before: ScopsStatus, after: ScopsStatus): boolean {
  return key(before) !== key(after);
}

function key(status: ScopsStatus): string {
  return JSON.stringify([
    status.state,
    status.products.map(({ name, state, stage, percent, approximateBytes }) => [
      name,
      state,
      stage,
      percent,
      approximateBytes,
    ]),
  ]);
}

export function describe(status: ScopsStatus): string {
  if (status.state === 'empty') return 'no product registered yet, or a DEM error';
  const counts = new Map<string, number>();
  for (const { state } of status.products) counts.set(state, (counts.get(state) ?? 0) + 1);
  return `${status.state}: ${[...counts].map(([state, count]) => `${count} ${state}`).join(', ')}`;
}
