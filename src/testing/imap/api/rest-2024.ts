import { sleep } from '../../../core/util/time.js';
import type { SimContext } from '../../kit/types.js';
import type { IndexedFile } from '../archive/archive.js';
import { EXTENSIONS, INSTRUMENTS_2024, LEVELS_2024, isAmong } from '../names/constants.js';
import { baseName } from '../names/classify.js';
import { serverDay, spacedStamp } from '../names/days.js';
import type { ScienceName } from '../names/types.js';
import { textResponse } from '../../kit/html.js';
import { decode } from '../storage/signature.js';
import { json, pythonList } from './answers.js';
import { readParameters, type ApiCall, type ApiService } from './call.js';
import { download } from './download.js';
import { uploadUrl } from './upload.js';

const CORS = { 'access-control-allow-origin': '*' };

/** Answers a request to the REST API of 2024 (section 16.3): no credentials, science only. */
export async function handleRest(context: SimContext, service: ApiService): Promise<Response> {
  const { latencyMs = 0 } = service.options;
  if (latencyMs > 0) await sleep(Math.min(latencyMs, 29_000), context.request.signal);
  const answer = route(context, service);
  answer.headers.set('x-amzn-requestid', service.requestId());
  return answer;
}

function route(context: SimContext, service: ApiService): Response {
  const [, name = '', rest = ''] = /^\/(query|upload|download|spin_table)(?:\/(.+))?$/s.exec(context.path) ?? [];
  const { archive } = service;
  const parameters = readParameters(context.url);
  const call: ApiCall = {
    context,
    service,
    archive,
    prefix: 'public',
    scope: undefined,
    rest: decode(rest),
    parameters,
  };
  if (context.request.method === 'GET') {
    if (name === 'query' && rest === '') return query(call);
    if (name === 'spin_table' && rest === '') return json('Hello from Spin Table Lambda!');
    if (name === 'upload' && rest !== '') return upload(call);
    if (name === 'download' && rest !== '') return download(call);
  }
  return json({ message: 'Missing Authentication Token' }, 403);
}

function crash(): Response {
  return json({ message: 'Internal server error' }, 502);
}

const COLUMNS = [
  'file_path',
  'instrument',
  'data_level',
  'descriptor',
  'start_date',
  'repointing',
  'version',
  'extension',
  'ingestion_date',
];
const NAMES = [...COLUMNS, 'end_date'];
const WORDS: Readonly<Record<string, readonly string[]>> = {
  instrument: INSTRUMENTS_2024,
  data_level: LEVELS_2024,
  extension: EXTENSIONS.science,
};

/** All versions, by ascending path; every value that the database refuses ends in a crash. */
function query({ parameters, archive }: ApiCall): Response {
  if (parameters === undefined) return crash();
  const unknown = [...parameters.keys()].find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    const message = `${unknown} is not a valid query parameter. Valid query parameters are: ${pythonList(NAMES)}`;
    return withCors(json(message, 400));
  }
  let records = archive.rows().flatMap((row) => (row.file.family === 'science' ? [record(row, row.file)] : []));
  for (const [name, value] of parameters) {
    if (WORDS[name] !== undefined && !isAmong(WORDS[name], value)) return crash();
    if (name === 'repointing' && !/^-?\d+$/.test(value)) return crash();
    const day = name === 'start_date' || name === 'end_date' ? serverDay(value) : 0;
    if (day === undefined) return crash();
    records = records.filter((cells) => {
      const start = serverDay(String(cells.start_date)) ?? 0;
      if (name === 'start_date') return start >= day;
      return name === 'end_date' ? start <= day : String(cells[name]) === value;
    });
  }
  return withCors(json(records));
}

function withCors(answer: Response): Response {
  for (const [name, value] of Object.entries(CORS)) answer.headers.set(name, value);
  return answer;
}

function record(row: IndexedFile, file: ScienceName): Record<string, unknown> {
  return {
    file_path: file.key,
    instrument: file.instrument,
    data_level: file.level,
    descriptor: file.descriptor,
    start_date: file.start,
    repointing: file.repointing,
    version: `v${String(file.minor).padStart(3, '0')}`,
    extension: file.extension,
    ingestion_date: spacedStamp(row.ingested),
  };
}

function upload(call: ApiCall): Response {
  const name = baseName(call.rest);
  const key = call.archive.keyFor(name);
  if (key === undefined) {
    const pattern = '<mission>_<instrument>_<datalevel>_<descriptor>_<startdate>(-<repointing>)_<version>.<extension>';
    return textResponse(`Filename ${name} does not match expected pattern: ${pattern}`, 'application/json', 400);
  }
  if (call.archive.objects.has(key)) return withCors(json(`${key} already exists.`, 409));
  return json(uploadUrl(call, key));
}
