import { sleep } from '../../../core/util/time.js';
import { page } from '../../kit/html.js';
import { stationOf } from '../build.js';
import { refuseForgery } from '../csrf.js';
import type { FormFile } from '../form.js';
import { SIM_STAGES, STATUS, type SimAncillaryKind } from '../model.js';
import { isNetcdf, readRawHead, type RawFileHead } from '../netcdf-read.js';
import type { UploadOutcome } from '../options.js';
import { forbidden } from '../stock-pages.js';
import type { Visit } from '../visit.js';
import { alertBox, fieldError, uploadForm } from './upload-form.js';

const ANCILLARIES: readonly {
  field: string;
  kind: SimAncillaryKind;
  label: string;
  of: (head: RawFileHead) => string | undefined;
}[] = [
  { field: 'sounding_file', kind: 'sounding', label: 'Sounding File', of: (head) => head.soundingFile },
  { field: 'overlap_file', kind: 'overlap', label: 'Overlap File', of: (head) => head.overlapFile },
  { field: 'lidar_ratio_file', kind: 'lidarratio', label: 'Lidar Ratio File', of: (head) => head.lidarRatioFile },
];
const MAX_DELAY_HOURS = 96;

/** `data_processing/measurements/quick/` (scc.md, 6). */
export async function upload(visit: Visit): Promise<Response> {
  if (!visit.world.permissions.upload) return forbidden(visit);
  if (visit.method !== 'POST') return uploadForm(visit);
  const refused = await refuseForgery(visit);
  if (refused !== undefined) return refused;
  const { uploadAnswerMs = 0 } = visit.world.options;
  if (uploadAnswerMs > 0) {
    // What was sent is read at once, and stored although nobody may wait for the answer any more.
    await visit.fields();
    await sleep(uploadAnswerMs);
  }
  const planned = visit.world.uploads.shift();
  return planned === undefined ? judge(visit) : asPlanned(visit, planned);
}

function asPlanned(visit: Visit, outcome: UploadOutcome): Response {
  switch (outcome.kind) {
    case 'alert':
      return uploadForm(visit, { boxes: outcome.texts.map((text) => alertBox(text, outcome.paragraph)).join('\n') });
    case 'field':
      return uploadForm(visit, outcome.text === undefined ? {} : { data: fieldError(outcome.text, outcome.paragraph) });
    case 'session-lost': {
      if (visit.session !== undefined) visit.world.sessions.delete(visit.session.id);
      visit.session = undefined;
      return visit.redirect(`${visit.href('accounts/login/')}?next=${encodeURIComponent(visit.context.url.pathname)}`);
    }
    case 'elsewhere':
      return visit.redirect(visit.href('/'));
    case 'status':
      return visit.html(page('Error', '<h1>Error</h1>'), outcome.status);
  }
}

async function judge(visit: Visit): Promise<Response> {
  const fields = await visit.fields();
  const data = fields.file('data');
  const system = fields.text('system') ?? '';
  const delayText = fields.text('delay')?.trim() ?? '';
  const delay = delayText === '' ? '0' : delayText;
  if (system === '') return uploadForm(visit, { system: '<p>This field is required.</p>' });
  if (!/^\d+$/.test(system)) {
    return uploadForm(visit, {
      system: '<p>Select a valid choice. That choice is not one of the available choices.</p>',
    });
  }
  if (!/^\d+$/.test(delay) || Number(delay) > MAX_DELAY_HOURS) {
    return uploadForm(visit, { delay: `<p>Ensure this value is less than or equal to ${MAX_DELAY_HOURS}.</p>` });
  }
  if (data === undefined) return uploadForm(visit, { data: '\n   <p>This field is required.</p>' });
  if (data.bytes.length === 0) return uploadForm(visit, { data: '\n   <p>The submitted file is empty.</p>' });
  if (!isNetcdf(data.bytes)) {
    return uploadForm(visit, { data: fieldError('Data File Error: The file is not in netCDF format') });
  }
  const head = readRawHead(data.bytes);
  const id = head.measurementId ?? /\d{8}[a-z]{2,3}[0-9A-Za-z]{2,4}/.exec(data.name)?.[0];
  if (id === undefined) {
    return uploadForm(visit, { data: fieldError('Data File Error: The attribute Measurement_ID is missing') });
  }
  if (!/^[0-9A-Za-z]{12,15}$/.test(id)) {
    return uploadForm(visit, { data: fieldError(`Data File Error: The measurement ID ${id} is not valid`) });
  }
  if (visit.world.measurements.has(id)) {
    return uploadForm(visit, { boxes: alertBox(`A measurement with the ID ${id} already exists.`) });
  }
  const files = ANCILLARIES.map((kind) => ({ ...kind, file: fields.file(kind.field) }));
  const broken = files.find(({ file }) => file !== undefined && !isNetcdf(file.bytes));
  if (broken !== undefined) {
    return uploadForm(visit, { data: fieldError(`${broken.label} Error: The file is not in netCDF format`) });
  }
  for (const { kind, file } of files) if (file !== undefined) visit.world.addAncillary(kind, file.name, 'available');
  accept(visit, { id, system: Number(system), delayHours: Number(delay), head, data });
  return visit.redirect(visit.href(`data_processing/measurements/${id}/`));
}

function accept(
  visit: Visit,
  sent: { id: string; system: number; delayHours: number; head: RawFileHead; data: FormFile },
): void {
  const { world } = visit;
  const { id, system, head, data } = sent;
  const now = new Date(world.clock.now());
  const waitsFor: string[] = [];
  for (const { kind, of } of ANCILLARIES) {
    const wanted = of(head);
    if (wanted === undefined) continue;
    const known = world.ancillaries.find((file) => file.kind === kind && file.filename === wanted);
    if (known !== undefined && known.status !== 'missing') continue;
    world.addAncillary(kind, wanted, 'missing');
    waitsFor.push(wanted);
  }
  world.add({
    id,
    station: stationOf(id),
    system,
    created: now,
    updated: now,
    raw: data.bytes,
    statuses: Object.fromEntries(SIM_STAGES.map((stage) => [stage, STATUS.notRun])),
    ...(head.start === undefined ? {} : { start: head.start }),
    ...(head.stop === undefined ? {} : { stop: head.stop }),
    isCalibration: /calibration/i.test(data.name),
  });
  const measurement = world.measurements.get(id);
  if (measurement !== undefined) world.start(measurement, 'all', { delayHours: sent.delayHours, waitsFor });
}
