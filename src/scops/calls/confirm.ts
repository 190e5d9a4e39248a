import { Arguments } from '../../core/operation/arguments.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { today } from '../../core/util/time.js';
import { UnexpectedResponse } from '../../errors.js';
import type { CallOptions } from '../../types.js';
import { callOptions, fetchPage, projectQuery, serverDate, type ScopsContext } from '../context.js';
import { requireConfigName } from '../ids.js';
import { fetchOrderPage } from './existing-order.js';
import { spacedWork } from './spaced-work.js';

/**
 * Confirms an order, after proof that it exists (pitfall 3) and at a distance from other confirmations of that flight day:
 * two that the scheduler takes up in one second break each other (pitfall 29).
 */
export async function confirmOrder(
  context: ScopsContext,
  configName: string,
  operation: string,
  options: CallOptions,
  delivery: Delivery,
): Promise<void> {
  const { year, day } = requireConfigName(new Arguments(operation), configName, context.project);
  const { transport, memory } = context;
  transport.lifetime.assertOpen(operation);
  const key = `confirm ${transport.baseUrl.href} ${context.project} ${year} ${day}`;
  const gapMs = memory.confirmed.has(configName) ? 0 : context.confirmSpacingMs;
  await spacedWork.run(key, gapMs, options.signal, async () => {
    await fetchOrderPage(context, configName, operation, options);
    const call = {
      operation,
      url: `confirm/${configName}`,
      query: projectQuery(context),
      delivery,
      // Confirming what is confirmed changes nothing (protocol notes, section 6).
      safeToRetry: true,
      ...callOptions(options),
    };
    const { page, answer, init } = await fetchPage(context, call, 'the confirmation page');
    if (!/request (?:successfully|has been) confirmed/iu.test(page.text))
      throw new UnexpectedResponse('the confirmation page does not say that the request is confirmed', init);
    if (!memory.confirmed.has(configName)) memory.confirmed.set(configName, serverDate(answer) ?? today());
  });
}
