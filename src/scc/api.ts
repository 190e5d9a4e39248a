import { MeasurementNotFound, UnexpectedResponse } from '../errors.js';
import { createPager } from '../core/paging/pager.js';
import { requireOneOf, requireText } from '../core/validate/arguments.js';
import type { CallOptions, Pager } from '../types.js';
import type { SccConnection } from './connection.js';
import { PATHS } from './endpoints.js';
import { changedAt, type ChangedMeasurement } from './decode/last-change.js';
import { toMeasurement } from './decode/measurement.js';
import { requireMeasurementId } from './ids.js';
import { ancillarySchema, listSchema, measurementSchema } from './schemas.js';
import type { IdQuery, AncillaryFile, AncillaryType, Measurement } from './types.js';

/** One measurement, or `undefined` (SCC JSON API: 404 or an empty answer). */
export async function findMeasurement(
  connection: SccConnection,
  id: string,
  operation: string,
  options: CallOptions,
): Promise<Measurement | undefined> {
  return (await findChanged(connection, id, operation, options))?.measurement;
}

/** One measurement with the moment of its last change, or `undefined`. */
export async function findChanged(
  connection: SccConnection,
  id: string,
  operation: string,
  options: CallOptions,
): Promise<ChangedMeasurement | undefined> {
  const checked = requireMeasurementId(id, operation);
  const url = PATHS.apiMeasurement(encodeURIComponent(checked));
  const value = await connection.json({ ...options, operation, url });
  if (isNothing(value)) return undefined;
  const decoded = await measurementSchema.decode(value, {
    init: connection.init({ operation, url }),
    what: 'the measurement',
  });
  if (decoded.id !== checked)
    throw new UnexpectedResponse(
      `asked for ${checked}, the SCC answered with ${connection.clean(decoded.id).slice(0, 64)}`,
      connection.init({ operation, url }),
    );
  const measurement = toMeasurement(decoded, (warning) => {
    connection.transport.log.warn(`${operation}: ${connection.clean(warning)}`);
  });
  return { measurement, changedAt: changedAt(decoded) };
}

/** One measurement. */
export async function getMeasurement(
  connection: SccConnection,
  id: string,
  operation: string,
  options: CallOptions,
): Promise<Measurement> {
  const found = await findMeasurement(connection, id, operation, options);
  if (found === undefined) throw measurementNotFound(connection, id, operation);
  return found;
}

export function measurementNotFound(connection: SccConnection, id: string, operation: string): MeasurementNotFound {
  return new MeasurementNotFound(`the SCC knows no measurement ${id}; check the id, or list a station’s measurements`, {
    ...connection.init({ operation, url: PATHS.apiMeasurement(id) }),
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
  connection: SccConnection,
  query: IdQuery,
  operation: string,
  options: CallOptions,
  onUnread: OnUnread = () => undefined,
): Pager<Measurement> {
  const filters: [string, string][] = [];
  if (query.idExact !== undefined) filters.push(['id__exact', requireMeasurementId(query.idExact, operation)]);
  if (query.idStartsWith !== undefined)
    filters.push(['id__startswith', requireMeasurementId(query.idStartsWith, operation)]);
  const init = connection.init({ operation, url: PATHS.apiMeasurements });
  return createPager<Measurement, URL>(
    async (cursor, calls) => {
      const call = {
        ...calls,
        operation,
        url: cursor ?? PATHS.apiMeasurements,
        ...(cursor === undefined && { query: filters }),
      };
      const value = await connection.json(call);
      if (value === undefined) throw new UnexpectedResponse('the SCC’s API has no list of measurements', init);
      const list = await listSchema.decode(value, { init, what: 'the list of measurements' });
      const items: Measurement[] = [];
      const warnings: string[] = [];
      const warn = (warning: string): void => void warnings.push(connection.clean(warning));
      for (const object of list.objects) {
        try {
          const record = await measurementSchema.decode(object, { init, what: 'a measurement of the list' });
          items.push(toMeasurement(record, warn));
        } catch (error) {
          onUnread(error);
          warn(error instanceof Error ? error.message : 'a measurement could not be read');
        }
      }
      const next = nextLink(connection, list.meta?.next, init);
      return { items, warnings, next, identity: cursor?.href ?? 'the first', totalCount: list.meta?.total_count };
    },
    options,
    init,
  );
}

/** An ancillary file by name; one that is there wins over one that is only referred to. */
export async function getAncillary(
  connection: SccConnection,
  filename: string,
  type: AncillaryType,
  options: CallOptions,
  operation = 'scc.getAncillary',
): Promise<AncillaryFile | undefined> {
  requireOneOf(type, ['sounding', 'overlap', 'lidarratio'] as const, 'type', operation);
  if (/[/\\]/u.test(requireText(filename, 'the file name', operation)))
    throw new TypeError(`${operation}: give the file's name without folders`);
  const url = PATHS.apiAncillary(type);
  const init = connection.init({ operation, url });
  const value = await connection.json({ ...options, operation, url, query: [['filename', filename]] });
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

function nextLink(
  connection: SccConnection,
  next: string | null | undefined,
  init: ReturnType<SccConnection['init']>,
): URL | undefined {
  if (next === null || next === undefined || next === '') return undefined;
  const { baseUrl } = connection.transport;
  if (!URL.canParse(next, new URL(PATHS.apiMeasurements, baseUrl).href))
    throw new UnexpectedResponse('meta.next is no address', init);
  const url = new URL(next, new URL(PATHS.apiMeasurements, baseUrl));
  if (url.origin !== baseUrl.origin)
    throw new UnexpectedResponse(
      `meta.next leads to another host (${connection.transport.redactor.url(url.origin)})`,
      init,
    );
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
