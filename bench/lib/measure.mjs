// Child processes, timed from outside, and the arithmetic on their times.
import { spawn } from 'node:child_process';
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

/** Runs a command; its whole time in milliseconds, and what it printed. */
export async function timed(command, args) {
  const began = performance.now();
  const child = spawn(command, args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return { wallMs: performance.now() - began, output };
}

/** Runs a program of this folder that prints what it measured as JSON. */
async function program(path, args) {
  const { wallMs, output } = await timed(process.execPath, [here(path), ...args]);
  return { wallMs, ...JSON.parse(output) };
}

/** This package in a process of its own. */
export const sdc = (args) => program('client.mjs', args);

/** The least that Node.js takes for the same work. */
export const bare = (name, args) => program(`../bare/${name}.mjs`, args);

/** Gathers numbers under names, and gives their medians. */
export class Times {
  #lists = new Map();

  add(values) {
    for (const [name, value] of Object.entries(values))
      this.#lists.set(name, [...(this.#lists.get(name) ?? []), value]);
  }

  median(name) {
    return median(this.#lists.get(name) ?? [NaN]);
  }

  most(name) {
    return Math.max(...(this.#lists.get(name) ?? [NaN]));
  }
}

/** A row of the table: milliseconds, and how many times those of another. */
export function row(work, ms, beside, more = {}) {
  return {
    work,
    ms: Math.round(ms),
    ...(beside !== undefined && { ratio: Number((ms / beside).toFixed(2)) }),
    ...more,
  };
}
