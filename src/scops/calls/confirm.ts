import type { Delivery } from '../../core/operation/delivery.js';
import { today } from '../../core/util/time.js';
import { UnexpectedResponse } from '../../errors.js';
import { fetchPage, projectQuery, serverDate, type ScopsOperation } from '../context.js';
import { requireConfigName } from '../names/ids.js';
import { fetchOrderPage } from '../pages/order-page.js';
import { spacedWork } from '../order/spacing.js';

/**
 * Confirms an order, after proof that it exists (pitfall 3) and at a distance from other confirmations of that flight day:
 * two that the scheduler takes up in one second break each other (pitfall 29).
 */
export async function confirm(op: ScopsOperation, configName: string, delivery: Delivery): Promise<void> {
  const { project, memory, confirmSpacingMs } = op.context;
  const { year, day } = requireConfigName(op.arguments, configName, project);
  op.assertOpen();
  const key = `confirm ${op.http.baseUrl.href} ${project} ${year} ${day}`;
  const gapMs = memory.confirmed.has(configName) ? 0 : confirmSpacingMs;
  await spacedWork.run(key, gapMs, op.signal, async () => {
    await fetchOrderPage(op, configName);
    const request = {
      url: `confirm/${configName}`,
      query: projectQuery(op),
      delivery,
      // Confirming what is confirmed changes nothing (protocol notes, section 6).
      safeToRetry: true,
    };
    const { page, answer, init } = await fetchPage(op, request, 'the confirmation page');
    if (!/request (?:successfully|has been) confirmed/iu.test(page.text))
      throw new UnexpectedResponse('the confirmation page does not say that the request is confirmed', init);
    if (!memory.confirmed.has(configName)) memory.confirmed.set(configName, serverDate(answer) ?? today());
  });
}
