// npm run order -- INSTRUMENT LEVEL: orders all files of that kind, waits, and prints what became of them.
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { ImapClient } from '@lab/sdc';
import { connection, idOf, order, QUEUE, type Result, type Task } from './tasks.js';

const [instrument = 'mag', dataLevel = 'l0'] = process.argv.slice(2);
await using imap = new ImapClient();
const files = (await imap.query({ instrument, dataLevel })).map(({ filePath }) => filePath);
const queue = new Queue<Task, Result>(QUEUE, { connection: connection() });
await order(queue, files);
console.log(`${files.length} files ordered; this program can be ended and started again at any time`);

for (;;) {
  const jobs = await Promise.all(files.map(async (file) => queue.getJob(idOf(file))));
  const states = await Promise.all(jobs.map(async (job) => job?.getState() ?? 'unknown'));
  const open = states.filter((state) => state !== 'completed' && state !== 'failed').length;
  if (open === 0) {
    for (const job of jobs) {
      if (job?.returnvalue != null) console.log(job.returnvalue.status, job.returnvalue.path, job.returnvalue.sha256);
      else console.log('failed', job?.data.file, job?.failedReason);
    }
    break;
  }
  await pause(500);
}
await queue.close();
