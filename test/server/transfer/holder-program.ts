// A download of data.bin, or of the files that are named, four at a time: <base URL> <directory> [name,name…], as arguments of a process or data of a worker thread; prints its result.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { downloadMany } from '../../../src/core/transfer/download-many.js';
import { client, wanted } from './harness.js';

const [url, directory, names] = (isMainThread ? process.argv.slice(2) : workerData) as [string, string, string?];
const { op, transport } = client(url);
const options = { idleTimeoutMs: 30_000, concurrency: 4 };
void (
  names === undefined
    ? downloadOne(op, wanted(directory), options).then((file) => [file])
    : downloadMany(
        op,
        names.split(',').map((name) => wanted(directory, name)),
        options,
      ).toArray()
)
  .then(
    (files) => files.map(({ status }) => status).join(),
    (error: unknown) => String(error),
  )
  .then((result) => {
    if (isMainThread) console.log(result);
    else parentPort?.postMessage(result);
    transport.close();
  });
