import { MeasurementNotFound, UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import { createPager } from '../../core/paging/pager.js';
import type { Pager } from '../../types.js';
import type { SccOperation } from '../context.js';
import { PATHS } from '../routes.js';
import { changedAt, type ChangedMeasurement } from '../decode/last-change.js';
import { toMeasurement } from '../decode/measurement.js';
import { requireMeasurementId } from '../names/ids.js';
import { ancillarySchema, listSchema, measurementSchema } from '../decode/schemas.js';
import type { IdQuery, AncillaryFile, AncillaryType, Measurement } from '../types.js';

/** One measurement, or `undefined` (SCC JSON API: 404 or an empty answer). */
export async function findMeasurement(op: SccOperation, id: string): Promise<Measurement | undefined> {
  return (await findChanged(op, id))?.measurement;
}

/** One measurement with the moment of its last change, or `undefined`. */
export async function findChanged(op: SccOperation, id: string): Promise<ChangedMeasurement | undefined> {
  const checked = requireMeasurementId(op.arguments, id);
  const url = PATHS.apiMeasurement(encodeURIComponent(checked));
  const value = await op.context.json(op, { url });
  if (isNothing(value)) return undefined;
  const decoded = await measurementSchema.decode(value, {
    init: op.init({ url }),
    what: 'the measurement',
  });
  if (decoded.id !== checked)
    throw new UnexpectedResponse(
      `asked for ${checked}, the SCC answered with ${op.context.clean(decoded.id).slice(0, 64)}`,
      op.init({ url }),
    );
  const measurement = toMeasurement(decoded, (warning) => {
    op.warn(op.context.clean(warning));
  });
  return { measurement, changedAt: changedAt(decoded) };
}

/** One measurement. */
export async function getMeasurement(op: SccOperation, id: string): Promise<Measurement> {
  const found = await findMeasurement(op, id);
  if (found === undefined) throw measurementNotFound(op, id);
  return found;
}

export function measurementNotFound(op: SccOperation, id: string): MeasurementNotFound {
  return new MeasurementNotFound(`the SCC knows no measurement ${id}; check the id, or list a station’s measurements`, {
    ...op.init({ url: PATHS.apiMeasurement(id) }),
    status: 404,
    measurementId: id,
  });
}

/** What becomes of a record of a list that is none: one without an id. */
type OnUnread = (error: unknown) => void;

/**
 * Lists measurements by id (SCC JSON API; `meta.next` is followed to the end). A record that cannot be read is a warning of
 * its page, and reported to `onUnread`, which may throw.
 */
export function listMeasurements(
  op: SccOperation,
  query: IdQuery,
  onUnread: OnUnread = () => undefined,
): Pager<Measurement> {
  const filters: [string, string][] = [];
  if (query.idExact !== undefined) filters.push(['id__exact', requireMeasurementId(op.arguments, query.idExact)]);
  if (query.idStartsWith !== undefined)
    filters.push(['id__startswith', requireMeasurementId(op.arguments, query.idStartsWith)]);
  const init = op.init({ url: PATHS.apiMeasurements });
  return createPager<Measurement, URL>(
    async (cursor, calls) => {
      const request = { url: cursor ?? PATHS.apiMeasurements, ...(cursor === undefined && { query: filters }) };
      const value = await op.context.json(op.with(calls), request);
      if (value === undefined) throw new UnexpectedResponse('the SCC’s API has no list of measurements', init);
      const list = await listSchema.decode(value, { init, what: 'the list of measurements' });
      const items: Measurement[] = [];
      const warnings: string[] = [];
      const warn = (warning: string): void => void warnings.push(op.context.clean(warning));
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
    op.callOptions,
    init,
  );
}

/** An ancillary file by name; one that is there wins over one that is only referred to. */
export async function getAncillary(
  op: SccOperation,
  filename: string,
  type: AncillaryType,
): Promise<AncillaryFile | undefined> {
  op.arguments.oneOf(type, 'type', ['sounding', 'overlap', 'lidarratio']);
  if (/[/\\]/u.test(op.arguments.text(filename, 'the file name')))
    throw op.arguments.invalid("give the file's name without folders");
  const url = PATHS.apiAncillary(type);
  const init = op.init({ url });
  const value = await op.context.json(op, { url, query: [['filename', filename]] });
  if (isNothing(value)) return undefined;
  const { objects } = await listSchema.decode(value, { init, what: 'the list of ancillary files' });
  const files: AncillaryFile[] = [];
  for (const object of objects) {
    const { id, filename: name, status } = await ancillarySchema.decode(object, { init, what: 'an ancillary file' });
    if (name === filename)
      files.push({
        id,
        filename: name,
        type,
        ...(status !== undefined && { status }),
        exists: status?.toLowerCase() !== 'missing',
      });
  }
  return files.find((file) => file.exists) ?? files[0];
}

function nextLink(op: SccOperation, next: string | null | undefined, init: SdcErrorInit): URL | undefined {
  if (next === null || next === undefined || next === '') return undefined;
  const { baseUrl } = op.http;
  if (!URL.canParse(next, new URL(PATHS.apiMeasurements, baseUrl).href))
    throw new UnexpectedResponse('meta.next is no address', init);
  const url = new URL(next, new URL(PATHS.apiMeasurements, baseUrl));
  if (url.origin !== baseUrl.origin)
    throw new UnexpectedResponse(`meta.next leads to another host (${op.redactor.url(url.origin)})`, init);
  return url;
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
