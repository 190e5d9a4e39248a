// Child processes, timed from outside, and the arithmetic on their times.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Name of the one file that this package loads or sends. */
export const OURS = 'imap_swe_l1b_sci_20260101-repoint00001_v001.0001.cdf';

export function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Starts the server; `base` is its address. */
export async function startServer() {
  const child = fork(here('server.mjs'), { stdio: 'inherit' });
  const [{ port }] = await once(child, 'message');
  return { base: `http://127.0.0.1:${port}/`, stop: () => child.disconnect() };
}

/** Runs a command; its whole time in milliseconds, and what it printed. */
export async function timed(command, args) {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return { wallMs: performance.now() - began, output };
}

/** Runs this package in a process of its own. */
export async function sdc(args) {
  const { wallMs, output } = await timed(process.execPath, [here('client.mjs'), ...args.map(String)]);
  return { wallMs, ...JSON.parse(output) };
}
