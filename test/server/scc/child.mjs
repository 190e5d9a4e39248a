// One transfer in a process of its own; prints its bytes, and in MB its memory before and its peak.
// node child.mjs <dist> <work> <base URL> <directory> <credentials as JSON>
import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [dist, work, baseUrl, directory, credentials] = process.argv.slice(2);
const { SCC } = await import(pathToFileURL(`${dist}/scc/index.js`).href);
const ID = '20210630aky0900';

const works = {
  idle: async () => 0,
  upload: async (scc) => {
    let sent = 0;
    await scc.uploadFile(`${directory}/raw.nc`, 437, { onProgress: ({ bytes }) => (sent = bytes) });
    return sent;
  },
  download: async (scc) => {
    const [file] = await scc.downloadProducts(ID, directory, { products: ['elpp'], extract: true }).toArray();
    return (await stat(file.extracted[0])).size;
  },
  raw: async (scc) => {
    const [file] = await scc.downloadProducts(ID, directory, { products: ['raw'] }).toArray();
    return file.bytes;
  },
  open: async (scc) => {
    let bytes = 0;
    for await (const chunk of (await scc.openProduct(ID, 'elpp')).stream) bytes += chunk.byteLength;
    return bytes;
  },
};

const scc = new SCC(JSON.parse(credentials), { baseUrl });
await scc.login();
const megabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);
const before = megabytes();
const bytes = await works[work](scc);
await scc.close();
process.stdout.write(JSON.stringify({ bytes, before, peak: megabytes() }));
