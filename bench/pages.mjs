// A changelist page of 100 rows, the whole call, beside a bare parse of the same page, and beside BeautifulSoup's where
// there is one (Debian: python3-bs4).
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { median } from './lib/measure.mjs';

export async function pages({ directory, dist, rounds }) {
  const { SCC } = await import(pathToFileURL(join(dist, 'bundle/index.js')).href);
  const { simulateScc } = await import(pathToFileURL(join(dist, 'bundle/testing/index.js')).href);
  const query = { dateStart: '2021-06-01', dateEnd: '2021-07-01' };
  const sim = simulateScc({ pageSize: 100 });
  let html = '';
  const keep = async (input, init) => {
    const answer = await sim.fetch(input, init);
    if (!String(input).includes('/admin/database/measurements/')) return answer;
    html = await answer.text();
    return new Response(html, { headers: answer.headers });
  };
  await using(new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: keep }), (scc) =>
    scc.queryMeasurements(query).first(),
  );
  const canned = async (input, init) =>
    html !== '' && String(input).includes('/admin/database/measurements/')
      ? new Response(html, { headers: { 'content-type': 'text/html' } })
      : sim.fetch(input, init);
  const times = { bare: [], ours: [] };
  await using(new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: canned }), async (scc) => {
    // Blocks, not pairs: the collector runs every few calls, and each side has to pay for its own garbage.
    for (let round = 0; round < rounds * 2; round += 1) {
      times.bare.push(await block(() => parse(html)));
      times.ours.push(await block(() => scc.queryMeasurements(query).first()));
    }
  });
  const bare = median(times.bare);
  const ours = median(times.ours);
  const soup = soupMs(html, directory);
  return [
    ...(soup === undefined
      ? []
      : [
          {
            work: 'changelist page: BeautifulSoup, parsing alone',
            ms: Number(soup.toFixed(2)),
            ratio: Number((soup / bare).toFixed(2)),
            'times ours': Number((soup / ours).toFixed(1)),
            target: '>= 5 times ours',
          },
        ]),
    { work: 'changelist page: bare parse', ms: Number(bare.toFixed(2)), ratio: 1 },
    {
      work: 'changelist page: whole call',
      ms: Number(ours.toFixed(2)),
      ratio: Number((ours / bare).toFixed(2)),
      target: 1.5,
      'pages/s': Math.round(1000 / ours),
    },
  ];
}

const CALLS = 10;

/** Milliseconds of one call, over a block of them. */
async function block(work) {
  const start = performance.now();
  for (let call = 0; call < CALLS; call += 1) await work();
  return (performance.now() - start) / CALLS;
}

const SOUP = `
import sys, time, statistics
from bs4 import BeautifulSoup
page = open(sys.argv[1], encoding='utf-8').read()
times = []
for _ in range(12):
    start = time.perf_counter()
    BeautifulSoup(page, 'html.parser')
    times.append(1000 * (time.perf_counter() - start))
print(statistics.median(times))
`;

/** Milliseconds of a parse by the library of the Python tool; undefined where it is not installed. */
function soupMs(html, directory) {
  const file = join(directory, 'page.html');
  writeFileSync(file, html);
  try {
    for (const python of ['python3', '/usr/bin/python3']) {
      const { status, stdout } = spawnSync(python, ['-c', SOUP, file], { encoding: 'utf8' });
      if (status === 0) return Number(stdout);
    }
    return undefined;
  } finally {
    rmSync(file);
  }
}

async function using(client, work) {
  try {
    await work(client);
  } finally {
    await client.close();
  }
}
