// npm run order -- INSTRUMENT LEVEL: orders what is not on the disk yet, waits, and proves on the disk that all of it is there.
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { FlowProducer, Queue } from 'bullmq';
import { ImapClient } from '@lab/sdc/imap';
import { run, say, setting } from './environment.js';
import { prove } from './records.js';
import { assertReachable, connection } from './redis.js';
import { canonical, failuresOf, order, progressOf, QUEUE, roundOf, type SdcQueue } from './tasks.js';

const USAGE = 'npm run order -- INSTRUMENT LEVEL | --files-from FILE [--wait SECONDS] [--quick]';

async function main(): Promise<number> {
  const { values, positionals } = parsedArguments();
  await using imap = new ImapClient();
  const files =
    values['files-from'] === undefined
      ? canonical((await imap.query(queryOf(positionals))).map(({ filePath }) => filePath))
      : canonical((await namesFrom(values['files-from'])).split(/\r?\n/u).filter((name) => name.trim() !== ''));
  const deadline = performance.now() + Number(values.wait ?? Infinity) * 1000;
  const proof = async () => prove(imap.dataDir, files, { quick: values.quick ?? false });

  await assertReachable();
  const queue: SdcQueue = new Queue(QUEUE, { connection: connection() });
  const flows = new FlowProducer({ connection: connection() });
  // Each command reports its own failure; an outage that ends is none.
  queue.on('error', () => undefined);
  flows.on('error', () => undefined);
  try {
    for (;;) {
      // An order of the same files that is not finished is joined.
      const { id, open } = await roundOf(queue, files);
      if (!open) {
        const { proved, damaged } = await proof();
        const missing = files.filter((file) => !proved.has(file));
        if (missing.length === 0) return report(files.length, 0);
        await order(flows, id, missing, damaged);
        say('info', 'ordered', { order: id, files: files.length, missing: missing.length, damaged: damaged.size });
      }
      const end = await settled(queue, id, deadline);
      if (end === 'late') {
        say('info', 'not finished; the same command continues to wait', { order: id });
        return 75;
      }
      // Redis has lost the order: what is on the disk need not be ordered again.
      if (end === 'lost') continue;
      const { proved } = await proof();
      const missing = files.filter((file) => !proved.has(file));
      const failures = await failuresOf(queue, id);
      const reasons = missing.map(
        (file) => failures.get(file) ?? { file, code: 'missing', message: 'it is not on the disk', retryable: true },
      );
      for (const failure of reasons) say('error', failure.message, { ...failure });
      return report(files.length, missing.length, reasons.every(({ retryable }) => retryable) ? 75 : 1);
    }
  } finally {
    await Promise.all([queue.close(), flows.close()]).catch(() => undefined);
  }
}

/** Asks until an order is finished: two commands of constant time a poll. */
async function settled(queue: SdcQueue, id: string, deadline: number): Promise<'finished' | 'lost' | 'late'> {
  const pollMs = setting('POLL_MS', 2000);
  for (let told = -1; ;) {
    const progress = await progressOf(queue, id);
    if (progress === undefined) return 'lost';
    const { batches, done, failed, open } = progress;
    if (batches - open !== told) say('info', 'progress', { order: id, batches, done, failed, open });
    told = batches - open;
    if (open === 0) return 'finished';
    if (performance.now() > deadline) return 'late';
    await pause(pollMs);
  }
}

/** The closing line, on the standard output; also the exit code. */
function report(files: number, failed: number, code = 0): number {
  console.log(JSON.stringify({ files, proved: files - failed, failed }));
  return failed === 0 ? 0 : code;
}

function parsedArguments() {
  try {
    const options = { 'files-from': { type: 'string' }, wait: { type: 'string' }, quick: { type: 'boolean' } } as const;
    const parsed = parseArgs({ options, allowPositionals: true });
    if (parsed.values.wait !== undefined && !/^\d+$/u.test(parsed.values.wait)) throw new TypeError('--wait: seconds');
    return parsed;
  } catch (error) {
    throw new TypeError(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`, { cause: error });
  }
}

function queryOf([instrument, dataLevel, ...more]: readonly string[]): { instrument: string; dataLevel: string } {
  if (instrument === undefined || dataLevel === undefined || more.length > 0) throw new TypeError(USAGE);
  return { instrument, dataLevel };
}

const namesFrom = async (path: string): Promise<string> =>
  path === '-' ? (await process.stdin.setEncoding('utf8').toArray()).join('') : readFile(path, 'utf8');

await run(main);
