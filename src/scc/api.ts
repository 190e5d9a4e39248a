import { MeasurementNotFound, UnexpectedResponse } from '../errors.js';
import { createPager } from '../core/paging/pager.js';
import { requireOneOf, requireText } from '../core/validate/arguments.js';
import type { CallOptions, Pager } from '../types.js';
import type { SccConnection } from './connection.js';
import { PATHS } from './endpoints.js';
import { requireMeasurementId, stationOf } from './ids.js';
import { modules } from './measurements.js';
import { ancillarySchema, listSchema, measurementSchema, type ApiMeasurement } from './schemas.js';
import type {
  IdQuery,
  AncillaryFile,
  AncillaryType,
  Measurement,
  ModuleState,
  ProductStatus,
  SccModule,
} from './types.js';

/** Names of the SCC v4 era. */
const OLD_NAMES: Partial<Record<SccModule, string>> = { elpp: 'pre_processing', elda: 'processing' };

/** One measurement, or `undefined` (SCC JSON API: 404 or an empty answer). */
export async function findMeasurement(
  connection: SccConnection,
  id: string,
  operation: string,
  options: CallOptions,
): Promise<Measurement | undefined> {
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
  return toMeasurement(decoded);
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

/** Lists measurements by id (SCC JSON API; `meta.next` is followed to the end). */
export function listMeasurements(
  connection: SccConnection,
  query: IdQuery,
  operation: string,
  options: CallOptions,
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
      for (const object of list.objects) {
        try {
          items.push(
            toMeasurement(await measurementSchema.decode(object, { init, what: 'a measurement of the list' })),
          );
        } catch (error) {
          warnings.push(error instanceof Error ? error.message : 'a measurement could not be read');
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

function toMeasurement(api: ApiMeasurement): Measurement {
  const flag = (name: string): boolean | undefined => (typeof api[name] === 'boolean' ? api[name] : undefined);
  const states = modules((module) => moduleState(api, module));
  const running =
    flag('is_being_processed') ??
    flag('is_running') ??
    Object.values(states).some(({ status }) => status === 'running');
  const [stationCode, systemId] = [stationOf(api.id), systemOf(api.system)];
  const [isQueued, isDelayed, isCalibration] = [flag('is_queued'), flag('is_delayed'), flag('is_calibration')];
  return {
    id: api.id,
    ...(stationCode !== undefined && { stationCode }),
    ...(systemId !== undefined && { systemId }),
    dateStart: api.start,
    dateEnd: api.stop,
    products: states,
    isProcessing: running,
    ...(isQueued !== undefined && { isQueued }),
    ...(isDelayed !== undefined && { isDelayed }),
    ...(isCalibration !== undefined && { isCalibration }),
  };
}

function moduleState(api: ApiMeasurement, module: SccModule): ModuleState {
  const raw = api[module] ?? api[OLD_NAMES[module] ?? ''];
  const code = typeof raw === 'number' ? raw : undefined;
  const exit: unknown = api[`${module}_exit_code`];
  const exitCode: unknown = typeof exit === 'object' && exit !== null ? Reflect.get(exit, 'exit_code') : undefined;
  const message: unknown = typeof exit === 'object' && exit !== null ? Reflect.get(exit, 'description') : undefined;
  return {
    status: statusOf(code),
    ...(code !== undefined && { code }),
    ...(typeof exitCode === 'number' && { exitCode }),
    ...(typeof message === 'string' && message !== '' && { message }),
  };
}

/** 127 done, -127 failed, 0 not executed, 1 in progress (SCC documentation). */
function statusOf(code: number | undefined): ProductStatus {
  switch (code) {
    case 127:
      return 'ok';
    case -127:
      return 'error';
    case 0:
      return 'not-run';
    case 1:
      return 'running';
    default:
      return 'unknown';
  }
}

/** The system is a number, a resource path or an object with an id, depending on the server. */
function systemOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string') {
    const digits = /(?:^|\/)(\d{1,9})\/?$/u.exec(value)?.[1];
    return digits === undefined ? undefined : Number(digits);
  }
  return typeof value === 'object' && value !== null ? systemOf(Reflect.get(value, 'id')) : undefined;
}
