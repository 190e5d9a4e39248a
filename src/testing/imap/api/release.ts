import { baseName } from '../names/classify.js';
import { crash, json, pythonList } from './answers.js';
import type { ApiCall } from './call.js';
import { markNewest, type ReleaseWindow } from './release-window.js';

const TYPES = ['release', 'unrelease', 'early-release'];
const NAMES = [
  'instrument',
  'start_date',
  'end_date',
  'release_type',
  'exclude_file',
  'manifest_file',
  'release_number',
];

/** `GET /release` (section 8): a read that changes flags. */
export function release(call: ApiCall): Response {
  const { parameters, scope } = call;
  if (scope === 'read') return refuse('Release operation denied. Your API key has read permissions.', 403);
  const type = parameters?.get('release_type');
  if (parameters === undefined || type === undefined) return crash();
  if (!TYPES.includes(type))
    return refuse(`'${type}' is not a valid release_type. Valid options are: ${pythonList(TYPES)}`);
  const unknown = [...parameters.keys()].find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    return refuse(`${unknown} is not a valid query parameter. Valid query parameters are: ${pythonList(NAMES)}`);
  }
  return type === 'release' ? releaseRange(call, parameters) : releaseList(call, parameters, type);
}

function refuse(message: string, status = 400): Response {
  return json(message, status, 'none');
}

function releaseRange(call: ApiCall, parameters: ReadonlyMap<string, string>): Response {
  const manifest = parameters.get('manifest_file');
  const byName = (call.service.options.releaseContract ?? 'manifest') === 'manifest';
  const window = byName && manifest !== undefined ? windowOfName(call, manifest) : windowOf(call, parameters);
  if (window === 'number') {
    return refuse(
      "'release_number' query parameter is required when 'release_type' is 'release'. Add it and try again.",
    );
  }
  if (window === undefined) return crash();
  const { science, ancillary } = markNewest(call.archive, window);
  if (science + ancillary > 0) return released('released', science, ancillary);
  const { instrument, start, end, number } = window;
  const range = `${instrument}, ${spelled(start)} to ${spelled(end)}, and ${number}`;
  return refuse(`No files to release for the specified ${range}.`);
}

/** What the presumed deployment takes from `imap_<instrument>_data-release-<number>_<start>_<end>_vXXX.txt`. */
function windowOfName(call: ApiCall, manifest: string): ReleaseWindow | undefined {
  const lines = manifestLines(call, manifest);
  const file = call.archive.classify(baseName(manifest));
  if (lines === undefined || file?.family !== 'release') return undefined;
  const number = /(\d+)$/.exec(file.descriptor)?.[1] ?? '';
  const excluded = file.descriptor.startsWith('withhold-') ? lines : [];
  return { instrument: file.instrument, start: file.start, end: file.end ?? file.start, number, excluded };
}

function windowOf(call: ApiCall, parameters: ReadonlyMap<string, string>): ReleaseWindow | 'number' | undefined {
  const number = parameters.get('release_number');
  if (number === undefined) return 'number';
  const [instrument, start, end] = ['instrument', 'start_date', 'end_date'].map((name) => parameters.get(name));
  const exclude = parameters.get('exclude_file');
  const excluded = exclude === undefined ? [] : manifestLines(call, exclude);
  if (instrument === undefined || start === undefined || end === undefined || excluded === undefined) return undefined;
  return { instrument, start, end, number, excluded };
}

function releaseList(call: ApiCall, parameters: ReadonlyMap<string, string>, type: string): Response {
  const lines = manifestLines(call, parameters.get('manifest_file') ?? '');
  if (lines === undefined) return crash();
  const early = type === 'early-release';
  if (lines.length === 0) {
    return refuse(
      early
        ? 'No files found in the manifest file.'
        : 'The manifest file does not contain any science or ancillary files.',
    );
  }
  // Names are compared with the whole key: a bare name is counted, but changes nothing.
  for (const line of lines) {
    const row = call.archive.row(line);
    if (row !== undefined) row.released = early;
  }
  const ancillary = lines.filter((line) => call.archive.classify(baseName(line))?.family === 'ancillary').length;
  return released(early ? 'early released' : 'unreleased', lines.length - ancillary, ancillary);
}

function released(verb: string, science: number, ancillary: number): Response {
  const counts = `${String(science)} science files and ${String(ancillary)} ancillary files`;
  return json(`Successfully ${verb} ${counts}.`, 200, 'none');
}

/** The lines of a manifest that is in the bucket and indexed; `undefined` is a crash. */
function manifestLines({ archive }: ApiCall, name: string): string[] | undefined {
  const key = archive.keyFor(baseName(name));
  const content = key === undefined ? undefined : archive.objects.get(key)?.content();
  if (key === undefined || content === undefined || archive.row(key) === undefined) return undefined;
  const text = Buffer.from(content instanceof Uint8Array ? content : content.read(0, content.size)).toString('utf8');
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `2026-01-31 00:00:00`. */
function spelled(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)} 00:00:00`;
}
