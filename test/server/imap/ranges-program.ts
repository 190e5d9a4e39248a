// Downloads one file by ranges side by side until it is killed, again and again: <base URL> <data directory> <name> <connections>.
import { rmSync } from 'node:fs';
import { ImapClient } from '../../../src/imap/index.js';

const [baseUrl = '', dataDir = '', name = '', connections = ''] = process.argv.slice(2);
const imap = new ImapClient({ baseUrl, dataDir, retries: 2 });
console.log('begun');
for (;;) {
  const { path } = await imap.download(name, { connections: Number(connections), overwrite: 'update' });
  rmSync(path);
}
