import { momentOfEphemeris } from '../archive/coverage.js';
import { baseName } from '../names/classify.js';
import { dayText, serverDay } from '../names/days.js';
import { crash, json, pythonList, rows as rowsAnswer } from './answers.js';
import type { ApiCall } from './call.js';
import { kernelRecord, kernels, newestOfRoots, type Kernel } from './kernels.js';
import { tableFiles } from './table-files.js';

const NAMES = ['file_name', 'start_time', 'end_time', 'type', 'latest', 'start_ingest_date', 'end_ingest_date'];

/** `GET /spice-query` (section 4.2). Kernels are always public. */
export function spiceQuery(call: ApiCall): Response {
  const { parameters, archive } = call;
  if (parameters === undefined) return crash();
  const type = parameters.get('type') ?? 'kernels';
  if (type === 'spin' || type === 'repoint' || type === 'thruster') return asTableFiles(call, parameters, type);
  const all = kernels(archive.rows());
  const wanted = parameters.get('latest')?.toLowerCase() === 'true' ? newestOfRoots(all) : all;
  const filters: ((kernel: Kernel) => boolean)[] = [];
  for (const [name, value] of parameters) {
    if (!NAMES.includes(name)) {
      return json(`${name} is not a valid query parameter. Valid query parameters are: ${pythonList(NAMES)}`, 400);
    }
    const filter = filterFor(name, value, call.service.options.kernelTimes ?? 'any');
    if (filter === undefined) return json(`Invalid value for ${name}: ${value}`, 400);
    filters.push(filter);
  }
  const found = wanted.filter((kernel) => filters.every((filter) => filter(kernel)));
  // The order is not defined: newest arrivals first, so that nobody relies on names.
  return rowsAnswer(call, found.sort((a, b) => b.ingested - a.ingested).map(kernelRecord));
}

function filterFor(name: string, value: string, times: 'any' | 'whole'): ((kernel: Kernel) => boolean) | undefined {
  switch (name) {
    case 'file_name':
      return ({ file }) => file.name === value;
    case 'type':
      return ({ file }) => value === 'kernels' || file.type === value;
    case 'latest':
      return () => true;
    case 'start_time':
    case 'end_time': {
      const seconds = number(value);
      // An older version reads whole numbers alone.
      if (seconds === undefined || (times === 'whole' && !/^\s*[+-]?\d+\s*$/.test(value))) return undefined;
      return ({ coverage }) => (name === 'start_time' ? coverage.endEt >= seconds : coverage.beginEt <= seconds);
    }
    default: {
      // Midnight against the moment of ingestion: an end date leaves out what came later that day.
      const midnight = serverDay(value);
      if (midnight === undefined) return undefined;
      return ({ ingested }) => (name === 'start_ingest_date' ? ingested >= midnight : ingested <= midnight);
    }
  }
}

function number(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? undefined : value;
}

/** The three table types are handed on, with the names and times of the table routes. */
function asTableFiles(
  call: ApiCall,
  parameters: ReadonlyMap<string, string>,
  type: 'spin' | 'repoint' | 'thruster',
): Response {
  const renamed = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (name === 'type') continue;
    if (name === 'file_name') renamed.set('file_path', `imap/spice/${FOLDERS[type]}/${baseName(value)}`);
    else if (name === 'start_time' || name === 'end_time') {
      const seconds = number(value);
      if (seconds === undefined) return json('Expected start/end times in ET.', 400);
      renamed.set(name === 'start_time' ? 'start_date' : 'end_date', dayText(momentOfEphemeris(seconds)));
    } else renamed.set(name, value);
  }
  return tableFiles(call, type, renamed);
}

const FOLDERS = { spin: 'spin', repoint: 'repoint', thruster: 'activities' } as const;
