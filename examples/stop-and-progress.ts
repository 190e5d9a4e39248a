// A download with progress that stops after a minute, or at Ctrl-C; what has arrived is kept for the next run.
import { HmiClient } from '@lab/sdc';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('stopped by the user')));
const signal = AbortSignal.any([interrupted.signal, AbortSignal.timeout(60_000)]);

await using hmi = new HmiClient();
const records = hmi.query('hmi.sharp_720s', { start: '2015-12-11T00:00', end: '2015-12-11T01:00' }, { signal });
const downloads = hmi.download(records, 'sharps', {
  signal,
  onProgress: ({ name, bytes, totalBytes = 0, filesDone }) => console.log(filesDone, name, bytes, totalBytes),
});
console.log((await downloads.toArray()).length);
