import { jsonResponse, textResponse } from '../../kit/html.js';
import { SIM_STAGES, type SimAncillary, type SimAncillaryKind, type SimMeasurement } from '../model.js';
import { apiDate } from '../text.js';
import type { Visit } from '../visit.js';
import { listAnswer, refuseFormat } from './envelope.js';
import { shaped } from './record.js';

const ANCILLARIES: Readonly<Record<string, SimAncillaryKind>> = {
  sounding_files: 'sounding',
  overlap_files: 'overlap',
  lidarratio_files: 'lidarratio',
};
const RESOURCES = ['measurements', ...Object.keys(ANCILLARIES)];

/** `api/v1/…` (scc.md, 3.2, 4.4, 5, 7). */
export function api(visit: Visit, path: string): Response {
  if (visit.session === undefined) return unauthorised(visit);
  const refused = refuseFormat(visit);
  if (refused !== undefined) return refused;
  if (visit.method !== 'GET' && visit.method !== 'HEAD')
    return textResponse('', 'text/html; charset=utf-8', 405, { allow: 'GET' });
  const [resource = '', id = '', rest] = path.split('/').map((part) => decodeURIComponent(part));
  if (resource === '') return jsonResponse(index(visit));
  if (!RESOURCES.includes(resource) || (rest !== undefined && rest !== '')) return absent();
  if (id === 'schema') return jsonResponse(schema(visit, resource));
  const kind = ANCILLARIES[resource];
  return kind === undefined ? measurements(visit, id) : ancillaries(visit, kind, resource, id);
}

/** The API asks for a session with a bare 401, or in tastypie's basic flavour with a challenge. */
function unauthorised(visit: Visit): Response {
  const challenge = { 'www-authenticate': 'Basic Realm="django-tastypie"' };
  return textResponse('', 'text/html; charset=utf-8', 401, visit.world.options.apiLogin === 'basic' ? challenge : {});
}

function absent(): Response {
  return textResponse('', 'text/html; charset=utf-8', 404);
}

function measurements(visit: Visit, id: string): Response {
  const show = (measurement: SimMeasurement): unknown => measurementJson(visit, measurement);
  if (id !== '') {
    const measurement = visit.world.find(id);
    return measurement === undefined ? absent() : jsonResponse(show(measurement));
  }
  const exact = (measurement: SimMeasurement, value: string): boolean => measurement.id === value;
  return listAnswer(
    visit,
    visit.world.all(),
    { id: exact, id__exact: exact, id__startswith: (measurement, value) => measurement.id.startsWith(value) },
    show,
  );
}

function measurementJson(visit: Visit, measurement: SimMeasurement): Record<string, unknown> {
  return shaped(plainJson(visit, measurement), visit.world.options.apiRecords);
}

function plainJson(visit: Visit, measurement: SimMeasurement): Record<string, unknown> {
  const names = visit.world.options.apiNames ?? 'is_being_processed';
  const { id, statuses, exitCodes } = measurement;
  const base = {
    id,
    resource_uri: visit.href(`api/v1/measurements/${id}/`),
    start: apiDate(measurement.start),
    stop: apiDate(measurement.stop),
    system: visit.href(`api/v1/systems/${String(measurement.system)}/`),
    upload: statuses.upload,
    is_calibration: measurement.isCalibration,
  };
  const processing = measurement.isProcessing ?? null;
  if (names === 'v4')
    return { ...base, pre_processing: statuses.elpp, processing: statuses.elda, is_running: processing };
  const modules: Record<string, unknown> = {};
  for (const stage of SIM_STAGES) {
    modules[stage] = statuses[stage];
    modules[`${stage}_exit_code`] = exitCodes[stage] ?? null;
  }
  return {
    ...base,
    ...modules,
    [names]: processing,
    is_queued: measurement.isQueued ?? null,
    is_delayed: measurement.isDelayed ?? null,
  };
}

function ancillaries(visit: Visit, kind: SimAncillaryKind, resource: string, id: string): Response {
  const files = visit.world.ancillaries.filter((file) => file.kind === kind);
  const show = (file: SimAncillary): unknown => ({
    id: file.id,
    filename: file.filename,
    status: file.status,
    resource_uri: visit.href(`api/v1/${resource}/${String(file.id)}/`),
  });
  if (id !== '') {
    const file = files.find((candidate) => String(candidate.id) === id);
    return file === undefined ? absent() : jsonResponse(show(file));
  }
  const exact = (file: SimAncillary, value: string): boolean => file.filename === value;
  return listAnswer(visit, files, { filename: exact, filename__exact: exact }, show);
}

function index(visit: Visit): unknown {
  return Object.fromEntries(
    RESOURCES.map((name) => [
      name,
      { list_endpoint: visit.href(`api/v1/${name}/`), schema: visit.href(`api/v1/${name}/schema/`) },
    ]),
  );
}

function schema(visit: Visit, resource: string): unknown {
  const kind = ANCILLARIES[resource];
  const names = kind === undefined ? measurementFields(visit) : ['id', 'filename', 'status', 'resource_uri'];
  return {
    allowed_detail_http_methods: ['get'],
    allowed_list_http_methods: ['get'],
    default_format: 'application/json',
    default_limit: visit.world.options.apiPageSize ?? 20,
    fields: Object.fromEntries(names.map((name) => [name, { nullable: true, readonly: true }])),
    filtering: kind === undefined ? { id: ['exact', 'startswith'] } : { filename: ['exact'] },
  };
}

function measurementFields(visit: Visit): string[] {
  const [first] = visit.world.all();
  return first === undefined ? ['id'] : Object.keys(measurementJson(visit, first));
}
