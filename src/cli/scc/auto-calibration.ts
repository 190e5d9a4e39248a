import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryAccess } from '../../core/files/directory-access.js';
import { writeAtomic } from '../../core/files/write-atomic.js';
import { safeFileName } from '../../core/transfer/file-name.js';
import type { Measurement, SCC } from '../../scc/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import { shortName } from '../command/transfer.js';
import { UsageError } from '../command/usage-error.js';
import { waitOptions } from '../command/wait.js';
import type { CommandSpec } from '../command/spec.js';
import { complaintsOf } from './eldec/check.js';
import { readEldec } from './eldec/eldec.js';
import { addToHistory, historyPath, readHistory } from './eldec/history.js';
import { plotOf } from './eldec/plot.js';
import { withScc } from './open.js';
import { failureOf } from './waiting.js';

const FIVE_MINUTES = 300_000;

/** `sdc scc auto-upload-calibration`. */
export const autoUploadCalibration: CommandSpec = {
  name: 'auto-upload-calibration',
  aliases: ['scc-auto-upload-calibration'],
  summary: 'upload a calibration, check its ELDEC product, delete the measurement if the check fails',
  details:
    'Good is a gain factor with a relative error below 0.1, ratio profiles with a relative standard deviation below 0.3, and a value\n' +
    'within two standard deviations of the earlier ones of this location and wavelength, once there are more than three. Good ones\n' +
    'join the history. Where the SCC fails, takes too long, or the product cannot be read, nothing is deleted.',
  arguments: [
    { flags: '<path>', text: 'a calibration file, or a folder with calibration_*.nc' },
    { flags: '<location>', text: 'name of the location in the history' },
  ],
  options: [
    { flags: '--plot <folder>', text: 'where to store a plot of each (SVG)' },
    { flags: '--system <number>', text: 'configuration of files that name none' },
    { flags: '--force-upload', text: 'delete measurements of the same ids first' },
    { flags: '--keep', text: 'delete nothing, only tell' },
    { flags: '--poll <seconds>', text: 'pause between two looks; default 10', number: { min: 0.01, max: 86_400 } },
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
    await withScc(context, async (scc) => {
      const options = { signal, force: input.flag('forceUpload'), ...defined({ systemId: input.text('system') }) };
      for await (const uploaded of scc.uploadFiles(files, options)) {
        const name = shortName(uploaded.file);
        if (uploaded.status === 'failed') {
          outcome.failed(name, uploaded.error);
          continue;
        }
        const { measurementId } = uploaded;
        context.line(`uploaded ${measurementId} (${name})`);
        const row = await outcome.attempt(name, signal, () => check(context, scc, measurementId));
        if (row !== undefined) rows.push(row);
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
  const names = (await readdir(path)).filter((name) => /^calibration_.*\.nc$/iu.test(name)).sort();
  if (names.length === 0) throw new UsageError(`no calibration (calibration_*.nc) found in ${path}`);
  return names.map((name) => join(path, name));
}

async function check(context: Context, scc: SCC, id: string): Promise<Result> {
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
    const product = await eldecOf(scc, id, folder, signal);
    const calibration = await readEldec(product);
    const history = historyPath(input.argument('location'), calibration.wavelengthNm);
    const earlier = await readHistory(history);
    const complaints = complaintsOf(calibration, earlier);
    const { wavelengthNm: wavelength, value, error } = calibration;
    const plots = input.text('plot');
    if (plots !== undefined) {
      await mkdir(plots, { recursive: true });
      const name = safeFileName(`${id}_${wavelength}nm.svg`, 'calibration.svg');
      await writeAtomic(join(plots, name), plotOf(calibration, earlier, complaints.length === 0));
    }
    if (complaints.length > 0) return await refuse(context, scc, id, complaints);
    await addToHistory(history, earlier, calibration);
    context.line(`good: ${id}, ${wavelength} nm, gain factor ${value} +- ${error}`);
    return { id, wavelength, value, error };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function refuse(context: Context, scc: SCC, id: string, complaints: readonly string[]): Promise<never> {
  const words = complaints.join('; ');
  if (context.input.flag('keep')) throw new Error(`the check failed: ${words}; the measurement was kept`);
  await scc.deleteMeasurement(id, { signal: context.signal });
  throw new Error(`the check failed: ${words}; the measurement ${id} was deleted`);
}

/** The ELDEC product in the optical archive. */
async function eldecOf(scc: SCC, id: string, folder: string, signal: AbortSignal): Promise<string> {
  const options = { products: ['optical' as const], extract: true, signal };
  for await (const { extracted = [] } of scc.downloadProducts(id, folder, options)) {
    const found = extracted.find((path) => /_eldec_[^/\\]*\.nc$/u.test(path));
    if (found !== undefined) return found;
  }
  throw new Error(`the optical archive of ${id} holds no ELDEC product; is it a calibration?`);
}
