// A download of data.bin: <base URL> <directory>, as arguments of a process or data of a worker thread; prints its result.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { client, wanted } from './harness.js';

const [url, directory] = (isMainThread ? process.argv.slice(2) : workerData) as [string, string];
const { transport } = client(url);
void downloadOne(transport, wanted(directory), { idleTimeoutMs: 30_000 })
  .then(
    ({ status }) => status,
    (error: unknown) => String(error),
  )
  .then((result) => {
    if (isMainThread) console.log(result);
    else parentPort?.postMessage(result);
    transport.close();
  });
