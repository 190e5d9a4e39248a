// A query answer of 15 000 rows beside a bare fetch and JSON.parse of the same answer, both over loopback.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { median } from './lib/measure.mjs';
import { queryAnswer, ROWS } from './lib/query-answer.mjs';

export async function rows({ dist, rounds }) {
  const { ImapClient } = await import(pathToFileURL(join(dist, 'bundle/index.js')).href);
  const body = queryAnswer();
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
