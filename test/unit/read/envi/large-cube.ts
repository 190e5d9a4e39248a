// node --import tsx large-cube.ts <path> : reads a window of all bands, and prints by how many bytes the process grew at most.
import { openData } from '../../../../src/read/index.js';
import { forgetPeak, peak } from '../damage/memory.js';

const [path = ''] = process.argv.slice(2);
const file = await openData(path);
forgetPeak();
const before = process.memoryUsage.rss();
const cube = file.variables.get('data');
const { data, shape } = (await cube?.read({ start: [0, 900, 900], count: [256, 100, 100] })) ?? { data: [], shape: [] };
const most = peak();
await file.close();
console.log(JSON.stringify({ grown: most === 0 ? 0 : most - before, elements: data.length, shape }));
