// A query answer of 15 000 rows beside a bare fetch and JSON.parse of the same answer, both over loopback.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { median } from './lib/measure.mjs';

const ROWS = 15_000;

export async function rows({ dist, rounds }) {
  const { ImapClient } = await import(pathToFileURL(join(dist, 'bundle/index.js')).href);
  const body = JSON.stringify(Array.from({ length: ROWS }, (_, index) => row(index)));
  const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(body));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}/`;
  const imap = new ImapClient({ baseUrl: base });
  const times = { bare: [], ours: [] };
  try {
    for (let round = 0; round < rounds * 3; round += 1) {
      let start = performance.now();
      JSON.parse(await (await fetch(`${base}query?table=science&instrument=swe`)).text());
      times.bare.push(performance.now() - start);
      start = performance.now();
      const found = await imap.query({ instrument: 'swe' });
      times.ours.push(performance.now() - start);
      if (found.length !== ROWS) throw new Error(`expected ${ROWS} rows, got ${found.length}`);
    }
  } finally {
    await imap.close();
    server.close();
    server.closeAllConnections();
  }
  const bare = median(times.bare);
  const ours = median(times.ours);
  return [
    { work: '15 000 rows: fetch and JSON.parse', ms: Math.round(bare), ratio: 1 },
    { work: '15 000 rows: imap.query', ms: Math.round(ours), ratio: Number((ours / bare).toFixed(2)), target: 1.5 },
  ];
}

function row(index) {
  const day = String((index % 28) + 1).padStart(2, '0');
  const version = `v001.${String(index % 10_000).padStart(4, '0')}`;
  return {
    file_path: `imap/swe/l1b/2026/01/imap_swe_l1b_sci-${index}_202601${day}-repoint${String(index % 100_000).padStart(5, '0')}_${version}.cdf`,
    instrument: 'swe',
    data_level: 'l1b',
    descriptor: `sci-${index}`,
    start_date: `202601${day}`,
    repointing: index % 100_000,
    major_version: 1,
    minor_version: index % 10_000,
    version,
    extension: 'cdf',
    ingestion_date: `202601${day} 12:50:12`,
    cr: null,
    crid: null,
    released: true,
  };
}
