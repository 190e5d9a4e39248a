import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { SccOperation } from '../context.js';
import { toMeasurement } from '../decode/measurement.js';
import { measurementSchema, listSchema } from '../decode/schemas.js';
import { requireMeasurementId } from '../names/ids.js';
import { API_MEASUREMENTS_ROUTE } from '../routes.js';
import { getJson } from '../site/get-page.js';
import { createPager } from '../../core/paging/pager.js';
import type { Pager } from '../../types.js';
import type { IdQuery, Measurement } from '../types.js';

/**
 * Lists measurements by id; `meta.next` is followed to the end. A record that cannot be read is a warning of its page, and
 * reported to `onUnread`, which may throw.
 */
export function listMeasurements(
  op: SccOperation,
  { idExact, idStartsWith }: IdQuery,
  onUnread: (error: unknown) => void = () => undefined,
): Pager<Measurement> {
  const filters = Object.entries({ id__exact: idExact, id__startswith: idStartsWith }).flatMap(
    ([name, id]): [string, string][] => (id === undefined ? [] : [[name, requireMeasurementId(op.arguments, id)]]),
  );
  const init = op.init({ url: API_MEASUREMENTS_ROUTE });
  return createPager(
    op,
    async (own, cursor: URL | undefined) => {
      const request = cursor === undefined ? { url: API_MEASUREMENTS_ROUTE, query: filters } : { url: cursor };
      const value = await getJson(own, request);
      if (value === undefined) throw new UnexpectedResponse('the SCC’s API has no list of measurements', init);
      const list = await listSchema.decode(value, { init, what: 'the list of measurements' });
      const items: Measurement[] = [];
      const warnings: string[] = [];
      const warn = (warning: string): void => void warnings.push(op.redactor.page(warning));
      for (const object of list.objects) {
        try {
          const record = await measurementSchema.decode(object, { init, what: 'a measurement of the list' });
          items.push(toMeasurement(record, warn));
        } catch (error) {
          onUnread(error);
          warn(error instanceof Error ? error.message : 'a measurement could not be read');
        }
      }
      const next = nextLink(op, list.meta?.next, init);
      return { items, warnings, next, identity: cursor?.href ?? 'the first', totalCount: list.meta?.total_count };
    },
    init,
    undefined,
    op.begun,
  );
}

function nextLink(op: SccOperation, next: string | null | undefined, init: SdcErrorInit): URL | undefined {
  if (next === null || next === undefined || next === '') return undefined;
  const { baseUrl } = op.http;
  const list = new URL(API_MEASUREMENTS_ROUTE, baseUrl);
  if (!URL.canParse(next, list.href)) throw new UnexpectedResponse('meta.next is not a URL', init);
  const url = new URL(next, list);
  if (url.origin !== baseUrl.origin)
    throw new UnexpectedResponse(`meta.next leads to another host (${op.redactor.url(url.origin)})`, init);
  return url;
}
