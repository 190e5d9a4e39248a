// node ours.mjs <dist> <path> <variable> <rounds> : milliseconds of reading an array whole, and a part of it, each from the opening on.
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dist, path, variable, rounds] = process.argv.slice(2);
const { openData } = await import(pathToFileURL(join(dist, 'bundle/read/index.js')).href);

async function read(options) {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const file = await openData(path);
  const { data } = await file.variables.get(variable).read({ ...options, decode: false });
  await file.close();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpu: (user + system) / 1000, sum: data[data.length - 1] + data[1] };
}

const part = { start: [50, 100, 100], count: [100, 100, 100] };
await read(part);
const [whole, slice] = [
  { ms: [], cpu: [] },
  { ms: [], cpu: [] },
];
let [ofWhole, ofSlice] = [0, 0];
for (let round = 0; round < Number(rounds); round += 1) {
  const [all, some] = [await read({}), await read(part)];
  for (const what of ['ms', 'cpu']) {
    whole[what].push(all[what]);
    slice[what].push(some[what]);
  }
  [ofWhole, ofSlice] = [all.sum, some.sum];
}
console.log(JSON.stringify({ whole, slice, sums: [ofWhole, ofSlice] }));
