// Mirrors of 100 000 files that are known and there, where a run finds nothing new: in a process of its own, from its start.
import { appendFileSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { median, timed } from './lib/measure.mjs';

const FILES = 100_000;
const PROGRAM = fileURLToPath(new URL('lib/mirror.mjs', import.meta.url));
const DAY_MS = 86_400_000;
const FINISHED = 127;

/** What the simulated archive has, which comes the usual way, and how the line of another file differs from the one of a file that came. */
const rooms = {
  imap: {
    open: ({ simulateImap }) => {
      const name = 'imap_mag_l1a_norm-mago-0_20150101_v001.0001.cdf';
      return simulateImap({ data: { replace: true, files: [{ name, released: true }] } });
    },
    another: (at) => {
      const day = dayOf(at);
      const name = `imap_mag_l1a_norm-mago-${at}_${day.replaceAll('-', '')}_v001.0001.cdf`;
      const path = `imap/mag/l1a/${day.slice(0, 4)}/${day.slice(5, 7)}/${name}`;
      return { path, file: path };
    },
  },
  scc: {
    open: ({ simulateScc }) => {
      const statuses = { upload: FINISHED, hirelpp: FINISHED, cloudmask: FINISHED, elpp: FINISHED, elda: FINISHED };
      const measurements = [{ id: '20150101aky0000', statuses, updated: '2015-02-01T12:00:00Z' }];
      return simulateScc({ data: { replace: true, measurements } });
    },
    another: (at, file) => {
      const day = dayOf(at);
      const measurementId = `${day.replaceAll('-', '')}aky${String(at).padStart(6, '0')}`;
      const path = `preprocessed_${measurementId}.zip`;
      return { path, file: { ...file, measurementId, dateStart: `${day}T12:00:00.000Z` } };
    },
  },
  hmi: {
    open: ({ simulateHmi }) => {
      const tRecIndex = (Date.UTC(2015, 11, 13) - Date.UTC(1993, 0, 1)) / 720_000;
      return simulateHmi({ data: { replace: true, records: [{ series: 'hmi.sharp_720s', recnum: 1, tRecIndex }] } });
    },
    another: (at, file) => {
      const [day, url] = [dayOf(at), file.url.replace('/1/', `/${at}/`)];
      const path = `hmi.sharp_720s.${day.replaceAll('-', '')}_120000.${at}.${file.segment}.fits`;
      return { path, file: { ...file, url, dateObs: `${day}T12:00:00.000Z`, recnum: at } };
    },
  },
};

export async function mirror({ directory, dist, rounds, known = FILES }) {
  const testing = await import(pathToFileURL(join(dist, 'bundle/testing/index.js')).href);
  const table = [];
  for (const [room, { open, another }] of Object.entries(rooms)) {
    const sim = open(testing);
    const server = await sim.listen();
    const folder = join(directory, `mirror-${room}`);
    const args = [PROGRAM, dist, room, server.url, JSON.stringify(sim.credentials), folder];
    const run = async () => JSON.parse((await timed(process.execPath, args)).output);
    const times = { ms: [], cpuMs: [], rss: [] };
    try {
      await run();
      fill(folder, known, another);
      for (let round = 0; round < rounds; round += 1) {
        const { unchanged, ...costs } = await run();
        if (unchanged !== known) throw new Error(`expected ${known} files, found ${unchanged}`);
        for (const [name, cost] of Object.entries(costs)) times[name].push(cost);
      }
    } finally {
      await server.close();
    }
    const [ms, cpuMs, rss] = [median(times.ms), median(times.cpuMs), median(times.rss)].map(Math.round);
    table.push({ work: `mirror of ${room.toUpperCase()}: ${known} files, nothing new`, ms, cpuMs, rss });
  }
  return table;
}

/** Once some files have come the usual way, the others are written as if they had. */
function fill(folder, known, another) {
  const manifest = join(folder, '.sdc/manifest.jsonl');
  const lines = readFileSync(manifest, 'utf8').trimEnd().split('\n').map(JSON.parse);
  const others = [];
  for (let at = lines.length; at < known; at += 1) {
    const line = lines[at % lines.length];
    const { path, file } = another(at, line.source.file);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(folder, line.path), join(folder, path));
    others.push(`${JSON.stringify({ ...line, path, source: { ...line.source, file } })}\n`);
  }
  appendFileSync(manifest, others.join(''));
}

function dayOf(at) {
  return new Date(Date.UTC(2015, 0, 1) + (at % 340) * DAY_MS).toISOString().slice(0, 10);
}
