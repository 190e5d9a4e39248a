// A client in a process of its own: child.ts <work> <base URL> <directory> [file]; prints one line of JSON at its end.
import { Arguments } from '../../../src/core/operation/arguments.js';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { fileBody } from '../../../src/core/transfer/upload.js';
import { client, wanted } from './harness.js';

const [work, url, directory, path] = process.argv.slice(2) as [string, string, string, string?];
const { op, transport } = client(url, { retries: 0 });

async function run(): Promise<unknown> {
  if (work === 'download') {
    const { status, bytes, sha256 } = await downloadOne(op, wanted(directory));
    return { status, bytes, sha256 };
  }
  const body = await fileBody(new Arguments('imap.upload'), path ?? '');
  const { text } = await transport.text({ op: { name: 'imap.upload' }, method: 'PUT', url: 'sink', body, bulk: true });
  return JSON.parse(text);
}

const before = process.memoryUsage.rss() / 1024 / 1024;
const result = await run();
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ result, before: Math.round(before), peak: Math.round(peak) }));
transport.close();
