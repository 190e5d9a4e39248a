import type { PointSpec } from '../../core/doctor/examine.js';
import { saw, sawAll } from '../../core/doctor/finding.js';
import { SCC_MODULES, STATUSES } from '../centre.js';
import type { SccContext } from '../context.js';
import * as routes from '../routes.js';
import { api, isRecord, measurement, NO_MEASUREMENT } from './questions.js';

/** The JSON API. */
export const API_POINTS: readonly PointSpec<SccContext>[] = [
  {
    id: 'api.list',
    what: 'The list of the API',
    known: '{objects: […], meta: {…}}',
    look: async (visit) => {
      const list = (await api(visit, 'api-list', routes.API_MEASUREMENTS_ROUTE, { limit: '1' })).okJson();
      const names = isRecord(list) ? Object.keys(list).sort() : [];
      const holds = isRecord(list) && Array.isArray(list.objects) && isRecord(list.meta);
      return saw(names.join(', ') || 'not an object', holds);
    },
  },
  {
    id: 'api.dates',
    what: 'The dates of a measurement in the API',
    known: 'start and stop, ISO 8601 or null',
    look: async (visit) => {
      const value = await measurement(visit);
      return sawAll(
        ['start', 'stop'],
        (name) => /^\d{4}-\d\d-\d\dT/u.test(String(value[name])) || value[name] === null,
      );
    },
  },
  {
    id: 'api.modules',
    what: 'The states of the modules in the API',
    known: `numbers: ${STATUSES.map(({ code }) => code).join(', ')}`,
    look: async (visit) => {
      const value = await measurement(visit);
      const former: Readonly<Record<string, string>> = { elpp: 'pre_processing', elda: 'processing' };
      const codes = SCC_MODULES.flatMap((name) => value[name] ?? value[former[name] ?? ''] ?? []);
      const unknown = codes.filter((code) => !STATUSES.some((status) => status.code === code));
      return saw(`${codes.length} states, ${unknown.length} unknown`, codes.length > 0 && unknown.length === 0);
    },
  },
  {
    id: 'api.processing',
    what: 'Whether a measurement is being processed',
    known: 'is_being_processed, or is_running (before October 2023)',
    look: async (visit) => {
      const value = await measurement(visit);
      const found = ['is_being_processed', 'is_running'].find((name) => typeof value[name] === 'boolean');
      return saw(found ?? 'neither', found !== undefined);
    },
  },
  {
    id: 'api.missing',
    what: 'A measurement that does not exist',
    known: '404, or an empty answer',
    look: async (visit) => {
      const { status, text } = await api(visit, 'api-missing', routes.apiMeasurementRoute(NO_MEASUREMENT));
      return saw(String(status), status === 404 || (status === 200 && text.trim() === ''));
    },
  },
  {
    id: 'api.ancillary',
    what: 'An ancillary file that does not exist',
    known: '200, objects: []',
    look: async (visit) => {
      const query = { filename: 'rs_19000101zzz0000.nc' };
      const list = (await api(visit, 'api-ancillary', routes.apiAncillaryRoute('sounding'), query)).okJson();
      const objects: unknown = isRecord(list) ? list.objects : undefined;
      return saw(
        Array.isArray(objects) ? `${objects.length} objects` : 'no objects',
        Array.isArray(objects) && objects.length === 0,
      );
    },
  },
];
