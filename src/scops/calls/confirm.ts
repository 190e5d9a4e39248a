import type { Delivery } from '../../core/operation/delivery.js';
import { today } from '../../core/util/time.js';
import { UnexpectedResponse } from '../../errors.js';
import { serverDate, spaced } from '../clock/server-clock.js';
import type { ScopsOperation } from '../context.js';
import { says } from '../errors.js';
import { requireConfigName } from '../names/ids.js';
import { fetchPage } from '../pages/read-page.js';
import { fetchOrderPage } from '../pages/order-page.js';
import { confirmation } from '../routes.js';

/**
 * Confirms an order, after proof that it exists (pitfall 3) and at a distance from other confirmations of that flight day:
 * two that the scheduler takes up in one second break each other (pitfall 29).
 */
export async function confirm(op: ScopsOperation, configName: string, delivery: Delivery): Promise<void> {
  const { project, memory, confirmSpacingMs } = op.context;
  const { year, day } = requireConfigName(op.arguments, configName, project);
  op.assertOpen();
  const gapMs = memory.confirmed.has(configName) ? 0 : confirmSpacingMs;
  await spaced(op, `confirm ${project} ${year} ${day}`, gapMs, async () => {
    await fetchOrderPage(op, configName);
    const request = {
      ...confirmation(op, configName),
      delivery,
      // Confirming what is confirmed changes nothing (protocol notes, section 6).
      safeToRetry: true,
    };
    const { page, answer, init } = await fetchPage(op, request, 'the confirmation page');
    if (!says(page.text, 'confirmed'))
      throw new UnexpectedResponse('the confirmation page does not say that the request is confirmed', init);
    if (!memory.confirmed.has(configName)) memory.confirmed.set(configName, serverDate(answer) ?? today());
  });
}
