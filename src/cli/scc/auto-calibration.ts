import { Arguments } from '../../core/operation/arguments.js';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { listFiles, directoryAccess } from '../../core/files/directory.js';
import { exists } from '../../core/files/stat-file.js';
import { writeAtomic } from '../../core/files/write-atomic.js';
import { safeFileName } from '../../core/transfer/file/file-name.js';
import type { Measurement, SCC } from '../../scc/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import { shortName, sizeOf } from '../command/transfer.js';
import { UsageError } from '../command/usage-error.js';
import { waitOptions } from '../command/wait.js';
import type { CommandSpec } from '../command/spec.js';
import { complaintsOf } from './eldec/check.js';
import { readEldec, type Calibration } from './eldec/eldec.js';
import { addToHistory, historyPath, readHistory } from './eldec/history.js';
import { plotOf } from './eldec/plot.js';
import { withScc } from './open.js';
import { SCC_UPLOAD_LIMITS, tellAncillaries, uploadOptions } from './uploading.js';
import { failureOf } from './waiting.js';

const FIVE_MINUTES = 300_000;

/** `sdc scc auto-upload-calibration`. */
export const autoUploadCalibration: CommandSpec = {
  name: 'auto-upload-calibration',
  aliases: ['scc-auto-upload-calibration'],
  summary: 'upload a calibration, check its ELDEC product, and delete the measurement if the check fails',
  details:
    'A good calibration has a gain factor with a relative error below 0.1, ratio profiles with a relative standard deviation below 0.3, and a value\n' +
    'within two standard deviations of earlier ones at this location and wavelength, once there are more than three. Good ones\n' +
    'join the history. If the SCC fails or takes too long, or the product cannot be read, nothing is deleted.',
  arguments: [
    { flags: '<path>', text: 'a calibration file, or a folder with calibration_*.nc' },
    { flags: '<location>', text: 'name of the location in the history' },
  ],
  options: [
    { flags: '--plot <folder>', text: 'folder for a plot of each (SVG)' },
    { flags: '--system <number>', text: 'configuration for files that do not name one' },
    { flags: '--force-upload', text: 'first delete measurements with the same ids' },
    { flags: '--keep', text: 'delete nothing, only report' },
    ...SCC_UPLOAD_LIMITS,
    {
      flags: '--poll <seconds>',
      text: 'pause between two status checks; default 10',
      number: { min: 0.01, max: 86_400 },
    },
    {
      flags: '--deadline <minutes>',
      text: 'longest wait for the product; default 5',
      number: { min: 0.001, max: 100_000 },
    },
  ],
  examples: [
    ['sdc scc auto-upload-calibration calibration_20210601_532.nc antikythera --plot plots', 'one calibration'],
  ],
  run: async (context) => {
    const { input, outcome, signal } = context;
    const files = await calibrationFiles(input.argument('path'));
    const rows: Result[] = [];
    context.closing.begin('uploads');
    await withScc(context, async (scc) => {
      const options = { ...uploadOptions(context), ...defined({ systemId: input.text('system') }) };
      for await (const uploaded of scc.uploadFiles(files, options)) {
        const name = shortName(uploaded.file);
        if (uploaded.status === 'failed') {
          outcome.failed(name, uploaded.error);
          continue;
        }
        const { measurementId } = uploaded;
        context.closing.uploaded(await sizeOf(uploaded.file));
        await tellAncillaries(context, uploaded);
        context.line(`uploaded ${measurementId} (${name})`);
        const good = await outcome.attempt(name, signal, () => check(context, scc, measurementId));
        rows.push(...(good ?? []));
      }
    });
    if (context.format !== 'table') await context.rows(COLUMNS, rows);
  },
};

interface Result {
  readonly id: string;
  readonly wavelength: number;
  readonly value: number;
  readonly error: number;
}
const COLUMNS = (['id', 'wavelength', 'value', 'error'] as const).map((name) => ({
  name,
  value: (row: Result) => row[name],
}));

/** A file, or the calibrations of a folder. */
async function calibrationFiles(path: string): Promise<string[]> {
  if (directoryAccess(path) === 'missing') throw new UsageError(`${path} does not exist`);
  if (directoryAccess(path) === 'not-a-directory') return [path];
  const all = await listFiles(path, 'the folder', new Arguments('sdc scc'));
  const files = all.filter((file) => /^calibration_.*\.nc$/iu.test(basename(file)));
  if (files.length === 0) throw new UsageError(`no calibration (calibration_*.nc) found in ${path}`);
  return files;
}

/** Judges each ELDEC product of a measurement; one that fails condemns the measurement, and then none joins the history. */
async function check(context: Context, scc: SCC, id: string): Promise<Result[]> {
  const { input, signal } = context;
  const options = {
    ...waitOptions(context),
    ...(input.number('deadline') === undefined && { deadlineMs: FIVE_MINUTES }),
  };
  const folder = await mkdtemp(join(tmpdir(), 'sdc-eldec-'));
  try {
    let last: Measurement | undefined;
    for await (const measurement of scc.watchProcessing(id, options)) last = measurement;
    const failure = last === undefined ? undefined : failureOf(last);
    if (failure !== undefined) throw failure;
    const judged: Judged[] = [];
    for (const product of await eldecOf(scc, id, folder, signal)) judged.push(await judge(context, id, product));
    const complaints = judged.flatMap(({ calibration, complaints }) =>
      judged.length === 1 ? complaints : complaints.map((words) => `${calibration.wavelengthNm} nm: ${words}`),
    );
    if (complaints.length > 0) return await refuse(context, scc, id, complaints);
    return await keep(context, id, judged);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Judged {
  readonly calibration: Calibration;
  readonly history: string;
  readonly complaints: readonly string[];
}

async function judge({ input }: Context, id: string, product: string): Promise<Judged> {
  const calibration = await readEldec(product);
  const history = historyPath(input.argument('location'), calibration.wavelengthNm);
  const earlier = await readHistory(history);
  const complaints = complaintsOf(calibration, earlier);
  const plots = input.text('plot');
  if (plots !== undefined) {
    await mkdir(plots, { recursive: true });
    const wanted = safeFileName(`${id}_${calibration.wavelengthNm}nm.svg`, 'calibration.svg');
    const name = (await exists(join(plots, wanted))) ? safeFileName(`${basename(product, '.nc')}.svg`, wanted) : wanted;
    await writeAtomic(join(plots, name), plotOf(calibration, earlier, complaints.length === 0));
  }
  return { calibration, history, complaints };
}

/** Adds the good calibrations to the histories of their wavelengths. */
async function keep(context: Context, id: string, judged: readonly Judged[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const history of new Set(judged.map((one) => one.history))) {
    const good = judged.filter((one) => one.history === history).map(({ calibration }) => calibration);
    await addToHistory(history, await readHistory(history), good);
    for (const { wavelengthNm: wavelength, value, error } of good) {
      context.answer(`good: ${id}, ${wavelength} nm, gain factor ${value} +- ${error}`);
      results.push({ id, wavelength, value, error });
    }
  }
  return results;
}

async function refuse(context: Context, scc: SCC, id: string, complaints: readonly string[]): Promise<never> {
  const words = complaints.join('; ');
  if (context.input.flag('keep')) throw new Error(`the check failed: ${words}; the measurement was kept`);
  await scc.deleteMeasurement(id, { signal: context.signal });
  throw new Error(`the check failed: ${words}; the measurement ${id} was deleted`);
}

/** The ELDEC products in the optical archive. */
async function eldecOf(scc: SCC, id: string, folder: string, signal: AbortSignal): Promise<string[]> {
  const options = { products: ['optical' as const], extract: true, signal };
  for await (const { extracted = [] } of scc.downloadProducts(id, folder, options)) {
    const found = extracted.filter((path) => /_eldec_[^/\\]*\.nc$/u.test(path));
    if (found.length > 0) return found;
  }
  throw new Error(`the optical archive of ${id} holds no ELDEC product; is it a calibration?`);
}
