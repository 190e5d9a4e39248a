// Opens damaged copies of samples and reads all that is in them, in a process of its own whose memory is watched.
//   node --expose-gc --import tsx trial.ts <folder> <seed> <job> [<job> …]
// A job is JSON: the samples of a format, how many runs, and how many times the bytes of a file the guide states for the format.
// A sample of several files is given as their paths with commas between.
// Each case is announced on the standard output before it begins; the last line is `done`, or what is wrong.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { DataFile } from '../../../../src/read/types.js';
import { damages, type Damage } from './damages.js';
import { forgetPeak, peak, watchArrays } from './memory.js';

const arrays = watchArrays();
const { DataError, messagesOf, openData } = await import('../../../../src/read/index.js');

export interface Job {
  readonly samples: readonly string[];
  readonly runs: number;
  readonly times: number;
}

const [folder = '', seed = '1', ...jobs] = process.argv.slice(2);
/** What any file may be read into besides. */
const LEAST_BYTES = Number(process.env.SDC_TRIAL_LEAST_BYTES ?? 64 * 1024 * 1024);
/** A byte of an integer becomes eight of a double. */
const DECODED = 8;
/** Of the process itself, and of the WebAssembly of HDF5. */
const OTHER_BYTES = 300 * 1024 * 1024;

function onlyDataErrors(error: unknown): void {
  if (!(error instanceof DataError)) throw error;
  if (error.path === undefined && !error.message.includes('one read')) throw new Error('no path', { cause: error });
}

/** Everything that can be asked for. `most`: bytes of one array of stored values at most. */
async function readAll(file: DataFile, most: number): Promise<void> {
  for (const variable of file.variables.values())
    for (const decode of [false, true]) {
      await variable.read({ decode }).catch(onlyDataErrors);
      requireSmall(arrays.largest, decode ? DECODED * most : most, `${variable.name}, decode: ${decode}`);
    }
  await file.toTable().catch((error: unknown) => {
    if (!(error instanceof RangeError)) onlyDataErrors(error);
  });
  if (file.format === 'ccsds') for await (const { bytes } of messagesOf(file)) bytes.at(0);
}

function requireSmall(bytes: number, most: number, what: string): void {
  arrays.largest = 0;
  if (bytes > most) throw new Error(`${what}: ${bytes} bytes at once, the most is ${most}`);
}

interface Case {
  readonly sample: string;
  /** Which of the files of a sample is damaged. */
  readonly which: number;
  readonly damage: Damage;
  /** Not packed, packed after the damage, or damaged after it was packed. */
  readonly packing: 'none' | 'inside' | 'outside';
}

async function attempt({ sample, which, damage, packing }: Case, times: number): Promise<void> {
  const paths = sample.split(',');
  let size = 0;
  for (const [index, path] of paths.entries()) {
    let content: Uint8Array = readFileSync(path);
    if (index === 0 && packing === 'outside') content = gzipSync(content);
    if (index === which % paths.length) content = damage(content);
    if (index === 0 && packing === 'inside') content = gzipSync(content);
    writeFileSync(join(folder, basename(path)), content);
    size = Math.max(size, content.byteLength);
  }
  const unpacked = packing === 'none' ? size : 1032 * size;
  const most = LEAST_BYTES + times * unpacked;
  arrays.largest = 0;
  try {
    await using file = await openData(join(folder, basename(paths[0] ?? '')));
    requireSmall(arrays.largest, most, 'opening');
    await readAll(file, most);
  } catch (error) {
    onlyDataErrors(error);
  }
}

async function perform({ samples, runs, times }: Job): Promise<void> {
  let number = 0;
  const cases = fc.record({
    sample: fc.constantFrom(...samples),
    which: fc.nat({ max: 1 }),
    damage: damages,
    packing: fc.constantFrom<Case['packing']>('none', 'none', 'none', 'none', 'inside', 'outside'),
  });
  forgetPeak();
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      number += 1;
      writeSync(1, `${number} ${one.packing} ${basename(one.sample)}\n`);
      await attempt(one, times);
      if (peak() < OTHER_BYTES) return;
      // Much of it may be garbage of the cases before: this one again, after it was collected.
      global.gc?.();
      forgetPeak();
      await attempt(one, times);
      const [bytes, size] = [peak(), readFileSync(join(folder, basename(one.sample.split(',')[0] ?? ''))).byteLength];
      const most = OTHER_BYTES + (DECODED + 2) * (LEAST_BYTES + times * size);
      if (bytes > most) throw new Error(`the process took ${bytes} bytes; the most is ${most}`);
      forgetPeak();
    }),
    { seed: Number(seed), numRuns: runs, endOnFailure: true },
  );
}

for (const job of jobs) await perform(JSON.parse(job) as Job);
writeSync(1, 'done\n');
