// node window.mjs <dist> <path> : time and peak of a process that reads 100 x 100 pixels of all bands of a cube.
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dist, path] = process.argv.slice(2);
const { openData } = await import(pathToFileURL(join(dist, 'bundle/read/index.js')).href);
const began = performance.now();
const file = await openData(path);
const cube = file.variables.get('data');
await cube.read({ start: [0, 900, 900], count: [cube.shape[0], 100, 100] });
await file.close();
const ms = performance.now() - began;
console.log(JSON.stringify({ ms, mb: Math.round(process.resourceUsage().maxRSS / 1024) }));
