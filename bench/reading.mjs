// Reading an array of 200 MB of each format, whole and a part of it, beside libraries of Python, timed within the processes.
//   node bench/reading.mjs [--planes 200] [--rounds 5] [--python python3] [--cdflib folder] [--dir path] [--dist path]
// netCDF4, astropy and GDAL are those of the Python that is named; cdflib is imported from a folder. What is not there is skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './lib/measure.mjs';
import { makeFiles } from './lib/reading/files.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values } = parseArgs({
  options: {
    planes: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '5' },
    python: { type: 'string', default: 'python3' },
    cdflib: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    dir: { type: 'string', default: existsSync('/dev/shm') ? '/dev/shm' : tmpdir() },
    dist: { type: 'string', default: here('../dist') },
  },
});

const works = [
  { name: 'CDF', file: 'plain.cdf', variable: 'v', beside: 'cdflib', most: 1 },
  { name: 'netCDF classic', file: 'classic.nc', variable: 'v', beside: 'netcdf4', most: 1.5 },
  { name: 'netCDF-4', file: 'contiguous.nc', variable: 'v', beside: 'netcdf4', most: 1.5 },
  { name: 'netCDF-4, deflated', file: 'deflated.nc', variable: 'v', beside: 'netcdf4', most: undefined },
  { name: 'FITS', file: 'image.fits', variable: 'PRIMARY', beside: 'astropy', most: 1.5 },
  { name: 'ENVI', file: 'cube.bsq', variable: 'data', beside: 'gdal', most: 1.5 },
].filter(({ file }) => file.includes(values.only));

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout) : { failure: stderr.trim().split('\n').at(-1) };
}

const ours = (path, variable) =>
  run(process.execPath, [here('lib/reading/ours.mjs'), values.dist, path, variable, '3']);
const theirs = (library, path) =>
  run(values.python, [here('lib/reading/theirs.py'), library, path, '3', ...(values.cdflib ? [values.cdflib] : [])]);

function measure({ name, file, variable, beside, most }, directory) {
  const path = join(directory, file);
  const [own, other] = [[], []];
  let skipped;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const found = ours(path, variable);
    if (found.failure !== undefined) throw new Error(`${name}: ${found.failure}`);
    own.push(found);
    if (skipped !== undefined) continue;
    const reference = theirs(beside, path);
    skipped = reference.failure;
    if (skipped !== undefined) continue;
    if (String(found.sums) !== String(reference.sums))
      throw new Error(`${name}: ${beside} reads other values: ${found.sums}, ${reference.sums}`);
    other.push(reference);
  }
  return ['whole', 'slice'].map((what) => {
    const of = (list, kind) => Number(median(list.flatMap((one) => one[what][kind])).toFixed(1));
    const row = { work: `${name}, ${what}`, ms: of(own, 'ms'), 'cpu ms': of(own, 'cpu') };
    if (skipped !== undefined) return { ...row, beside: `${beside}: skipped (${skipped})` };
    const [ms, cpu] = [of(other, 'ms'), of(other, 'cpu')];
    const [ratio, ratioOfCpu] = [row.ms / ms, row['cpu ms'] / cpu].map((one) => Number(one.toFixed(2)));
    return {
      ...row,
      beside: `${beside}: ${ms} (${cpu})`,
      ratio,
      'cpu ratio': ratioOfCpu,
      ...(most && { target: most }),
    };
  });
}

/** The peak of a process that reads a window of a cube of 2 GB, of which the file holds nothing but zeros. */
async function largeCube(directory) {
  const [bands, lines, samples] = [256, 2000, 2000];
  const path = join(directory, 'large.dat');
  const handle = await open(path, 'w');
  await handle.truncate(2 * bands * lines * samples);
  await handle.close();
  const rows = [];
  for (const interleave of ['bsq', 'bil', 'bip']) {
    const shape = `samples = ${samples}\nlines = ${lines}\nbands = ${bands}\n`;
    await writeFile(`${path}.hdr`, `ENVI\n${shape}data type = 2\ninterleave = ${interleave}\nbyte order = 0\n`);
    const { mb, ms } = run(process.execPath, [here('lib/reading/window.mjs'), values.dist, path]);
    rows.push({
      work: `ENVI, window of 2 GB, ${interleave}`,
      ms: Number(ms.toFixed(1)),
      'peak MB': mb,
      'target MB': 100,
    });
  }
  return rows;
}

const directory = mkdtempSync(join(values.dir, 'sdc-bench-'));
try {
  await makeFiles(directory, Number(values.planes));
  const table = works.flatMap((work) => measure(work, directory));
  if (values.only === '') table.push(...(await largeCube(directory)));
  console.log(`Node.js ${process.version}, ${values.planes} planes of 1 MB, ${values.rounds} rounds of 3, medians`);
  console.table(Object.fromEntries(table.map(({ work, ...row }) => [work, row])));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
