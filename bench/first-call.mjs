// The first call of a process: a query answer of 15 000 rows, from a script and from the command, beside Python's `requests` and `.json()`;
// and the start of the command beside an empty process.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { queryAnswer, ROWS } from './lib/query-answer.mjs';
import { row, timed, Times } from './lib/measure.mjs';
import { has, startNginx } from './lib/nginx.mjs';

/** Debian's, where there is one: another in the path need not have the library. */
const PYTHON = ['/usr/bin/python3', 'python3'].find((path) => has(path, '-c', 'import requests'));

export async function first({ directory, dist, rounds }) {
  const json = join(directory, 'query.json');
  writeFileSync(json, queryAnswer());
  const scripts = {
    sdc: [
      'query.mjs',
      `import { ImapClient } from ${JSON.stringify(new URL('bundle/imap/index.js', `file://${dist}/`).href)};
       await using(new ImapClient({ baseUrl: process.argv[2] }));
       async function using(imap) {
         const found = await imap.query({ instrument: 'swe' });
         if (found.length !== ${ROWS}) throw new Error('rows are missing');
         await imap.close();
       }`,
    ],
    fetched: ['fetch.mjs', `await (await fetch(process.argv[2] + 'query?instrument=swe')).json();`],
    python: [
      'query.py',
      `import sys, requests\nassert len(requests.get(sys.argv[1] + "query?instrument=swe").json()) == ${ROWS}`,
    ],
  };
  const path = (name) => join(directory, scripts[name][0]);
  for (const [name, [, text]] of Object.entries(scripts)) writeFileSync(path(name), text);
  const nginx = await startNginx({ directory, json });
  const times = new Times();
  const command = join(dist, 'cli/sdc.js');
  const ms = async (program, ...args) => (await timed(program, args)).wallMs;
  const node = process.execPath;
  try {
    for (let round = 0; round < Math.max(rounds, 7); round += 1) {
      if (PYTHON !== undefined) times.add({ python: await ms(PYTHON, path('python'), nginx.base) });
      times.add({
        empty: await ms(node, '-e', ''),
        sdc: await ms(node, path('sdc'), nginx.base),
        fetched: await ms(node, path('fetched'), nginx.base),
        command: await ms(
          node,
          command,
          'imap',
          'query',
          '--instrument',
          'swe',
          '--url',
          nginx.base,
          '--output',
          'json',
        ),
        start: await ms(node, command, '--version'),
      });
    }
  } finally {
    await nginx.stop();
    for (const name of Object.keys(scripts)) rmSync(path(name));
    rmSync(json);
  }
  const python = times.median('python');
  const work = `first call, ${ROWS} rows`;
  const beside = Number.isNaN(python) ? undefined : python;
  return [
    beside === undefined
      ? { work: `${work}: Python`, target: 'skipped: python3-requests is not installed' }
      : row(`${work}: Python`, python, python),
    row(`${work}: fetch and .json() of Node.js`, times.median('fetched'), beside),
    row(`${work}: sdc, a script`, times.median('sdc'), beside, { target: '1.2' }),
    row(`${work}: sdc, the command`, times.median('command'), beside),
    row('start: an empty process', times.median('empty'), times.median('empty')),
    row('start: sdc --version', times.median('start'), times.median('empty'), { target: '2' }),
  ];
}
