// From a raw lidar file to a picture: uploads it to a simulated SCC, fetches it back and draws the range-corrected signal as quick-look.svg.
// For the real SCC write `new SCC()`, with your credentials in the environment.
import { writeFile } from 'node:fs/promises';
import { SCC } from '@lab/sdc';
import { openData } from '@lab/sdc/read';
import { simulateScc } from '@lab/sdc/testing';

const sim = simulateScc();
await using scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch });
const { measurement, files } = await scc.processFile('data/20210601aky0930.nc', 437, 'products', {
  soundingFile: 'data/rs_20210601aky09.nc',
  products: ['raw', 'elpp'],
  pollIntervalMs: 1,
});
const raw = files.find(({ source }) => source === 'raw');
if (raw === undefined) throw new Error('the raw file did not come back');

await using file = await openData(raw.path);
const { data, shape } = await file.variables.get('Raw_Lidar_Data')!.read();
const [profiles = 0, channels = 0, bins = 0] = shape;
const [channel, step] = [0, 10]; // bins to a cell of the picture
const mean = (profile: number, from: number, to: number): number => {
  const start = (profile * channels + channel) * bins;
  let sum = 0;
  for (let bin = from; bin < to; bin += 1) sum += Number(data[start + bin]);
  return sum / (to - from);
};
const cells = Array.from({ length: profiles }, (_, profile) => {
  const background = mean(profile, bins - 50, bins);
  return Array.from({ length: Math.floor(bins / step) }, (__, cell) => {
    const range = (cell + 0.5) * step;
    return Math.log10(Math.max(1, (mean(profile, cell * step, (cell + 1) * step) - background) * range ** 2));
  });
});

const [width, height] = [36, 7]; // of a cell
const [lowest, highest] = [Math.min(...cells.flat()), Math.max(...cells.flat())];
const rectangles = cells.flatMap((column, x) =>
  column.map((value, y) => {
    const hue = Math.round(260 * (1 - (value - lowest) / (highest - lowest)));
    const top = (column.length - 1 - y) * height;
    return `<rect x="${x * width}" y="${top}" width="${width}" height="${height}" fill="hsl(${hue} 85% 50%)"/>`;
  }),
);
const size = `width="${profiles * width}" height="${(cells[0]?.length ?? 0) * height + 30}"`;
const title = `<text x="6" y="-10">${measurement.id}: log10 of the range-corrected signal, by profile and range</text>`;
await writeFile(
  'quick-look.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" shape-rendering="crispEdges"><g transform="translate(0 30)">${title}${rectangles.join('')}</g></svg>\n`,
);
console.log(`quick-look.svg: ${profiles} profiles of ${measurement.id}`);
