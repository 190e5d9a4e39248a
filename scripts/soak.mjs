// Mixed transfers of all four clients against simulated centres under random faults: every file is right or reported,
// memory and handles stay flat. Bounded, with a fixed seed, outside `npm test`:
//
//     npm run soak -- [--seconds 120] [--seed 1]
//
// The centres run in a process of their own, so that what is measured is the clients'.
import { fork } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { ROOMS } from './arrows.mjs';
import { told, wrongs } from '../test/server/matrix/judge.ts';
import { emptied, scene } from '../test/server/matrix/scene.ts';
import { SUBJECTS } from '../test/server/matrix/subjects.ts';

/** Calls that share the scene of their centre and find nothing at their targets. */
const CALLS = SUBJECTS.filter(({ stage, laid }) => stage === undefined && laid === undefined);
const HEAP_SLACK_MB = 6;
const HANDLE_SLACK = 4;
const FAULTS = [
  { kind: 'drop', afterBytes: 0 },
  { kind: 'drop', afterBytes: 700 },
  { kind: 'drop', afterBytes: 1500 },
  { kind: 'stall', ms: 900 },
  { kind: 'stall', afterBytes: 700 },
  { kind: 'reset' },
  { kind: 'reset', afterBytes: 700 },
  { kind: 'length', delta: 7 },
  { kind: 'length', delta: -7 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, retryAfter: 1 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 429, retryAfter: 259_200 },
  { kind: 'html' },
  { kind: 'html', status: 502 },
  { kind: 'gzip' },
  { kind: 'delay', ms: 60 },
  { kind: 'redirect-loop' },
  { kind: 'range', mode: 'ignore' },
  { kind: 'range', mode: 'no-validator' },
  { kind: 'range', mode: 'weak-validator' },
  { kind: 'range', mode: 'wrong-start' },
  { kind: 'range', mode: '416' },
  { kind: 'range', mode: 'unsolicited-part' },
  { kind: 'range', mode: 'unsolicited-whole' },
];

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '120' }, seed: { type: 'string', default: '1' } },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function draws(from) {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The centres: a fault at one of eight requests that carry bytes or lead to them. */
async function serve() {
  const scenes = {};
  for (const [at, centre] of ROOMS.entries()) {
    const made = await scene({ centre, files: 2 });
    scenes[centre] = made;
    const draw = draws(seed * 100 + at);
    const chosen = new WeakMap();
    const routes = CALLS.filter((subject) => subject.centre === centre).flatMap(({ stations }) =>
      Object.values(stations),
    );
    const choice = (request) => {
      const { pathname, search } = new URL(request.url);
      if (!routes.some((route) => route.test(`${request.method} ${pathname}${search}`))) return -1;
      if (!chosen.has(request)) chosen.set(request, draw() < 0.125 ? Math.floor(draw() * FAULTS.length) : -1);
      return chosen.get(request);
    };
    for (const [index, fault] of FAULTS.entries())
      made.faults.add({ route: (request) => choice(request) === index, times: Infinity, fault });
  }
  process.on('message', async ({ id, ask, centre }) => {
    const made = scenes[centre];
    if (ask === 'end') {
      await Promise.all(Object.values(scenes).map(({ end }) => end()));
      process.exit(0);
    }
    const encoded = (bytes) => Buffer.from(bytes).toString('base64');
    if (ask === 'stored') {
      made.requests.length = 0;
      process.send({ id, value: made.stored().slice(-1).map(encoded), fired: made.faults.fired });
      return;
    }
    const truth = [...made.truth].map(([name, bytes]) => [name, encoded(bytes)]);
    process.send({ id, value: { site: made.site, truth, sent: made.sent.map(encoded) } });
  });
  process.send({ ready: true });
}

/** Asks the process of the centres. */
function asker(child) {
  const waiting = new Map();
  let last = 0;
  let ready;
  const begun = new Promise((resolve) => (ready = resolve));
  child.on('message', (message) => {
    if (message.ready) ready();
    else waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  return {
    begun,
    ask: (ask, centre) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        child.send({ id: last, ask, centre });
      }),
  };
}

const bytesOf = (text) => Buffer.from(text, 'base64');

async function measure() {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  const descriptors = process.platform === 'linux' ? (await readdir('/proc/self/fd')).length : 0;
  return {
    heap: process.memoryUsage().heapUsed / 2 ** 20,
    rss: process.memoryUsage.rss() / 2 ** 20,
    handles: process.getActiveResourcesInfo().length,
    descriptors,
  };
}

async function soak() {
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), {
    execArgv: process.execArgv,
    env: { ...process.env, SOAK_ROLE: 'centres' },
  });
  const { begun, ask } = asker(child);
  await begun;
  const home = await mkdtemp(join(tmpdir(), 'sdc-soak-'));
  const places = new Map();
  for (const centre of ROOMS) {
    const { site, truth, sent } = (await ask('site', centre)).value;
    places.set(centre, { site, truth: truth.map(([name, text]) => [name, bytesOf(text)]), sent: sent.map(bytesOf) });
  }
  const counts = new Map();
  const violations = [];
  const count = (key) => counts.set(key, (counts.get(key) ?? 0) + 1);

  async function one(subject, at, draw) {
    const { site, truth, sent } = places.get(subject.centre);
    const ways = {
      timeoutMs: 600,
      idleTimeoutMs: 600,
      retries: Math.floor(draw() * 3),
      overwrite: 'replace',
      concurrency: 1 + Math.floor(draw() * 3),
      again: true,
      leave: draw() < 0.05,
    };
    const outcome = await subject.run(site, at, ways).then(
      (body) => ({ body }),
      (error) => ({ error }),
    );
    const { value, fired: struck } = await ask('stored', subject.centre);
    places.get(subject.centre).struck = struck;
    const made = { at, truth: new Map(truth.slice(0, subject.files)), sent, stored: () => value.map(bytesOf) };
    if (ways.leave && outcome.error === undefined) {
      count('left early');
      await emptied(at);
      return;
    }
    count(outcome.error === undefined ? 'right' : (outcome.error.code ?? 'foreign'));
    for (const what of await wrongs(subject, made, outcome, { old: false, changed: false }))
      violations.push(`${subject.name}: ${what} (${told(outcome)})`);
    // Half of the failures are continued by the next call for the same folder.
    if (outcome.error === undefined || draw() < 0.5) await emptied(at);
  }

  const started = performance.now();
  const passed = () => (performance.now() - started) / 1000;
  async function lane(centre, index, until) {
    const draw = draws(seed * 1000 + index + Math.round(until));
    const own = CALLS.filter((subject) => subject.centre === centre);
    while (passed() < until) {
      const subject = own[Math.floor(draw() * own.length)];
      const at = join(home, `${centre}-${subject.name}`);
      await emptied(at).catch(() => undefined);
      await Promise.race([
        one(subject, at, draw),
        new Promise((_resolve, reject) => {
          setTimeout(() => reject(new Error(`${subject.name} hangs`)), 60_000).unref();
        }),
      ]).catch((error) => violations.push(String(error)));
      if (draw() < 0.5) await one(subject, at, draw).catch((error) => violations.push(String(error)));
    }
  }

  const samples = [];
  for (let eighth = 1; eighth <= 8; eighth += 1) {
    const until = (seconds * eighth) / 8;
    await Promise.all(ROOMS.map((centre, index) => lane(centre, index, until)));
    samples.push({ at: passed(), ...(await measure()) });
    if ([2, 4, 8].includes(eighth)) {
      const { at, heap, rss, handles, descriptors } = samples.at(-1);
      console.log(
        `${at.toFixed(0)} s: heap ${heap.toFixed(1)} MB, rss ${rss.toFixed(0)} MB, handles ${handles}, descriptors ${descriptors}, outcomes ${JSON.stringify(Object.fromEntries(counts))}`,
      );
    }
  }
  child.send({ ask: 'end' });
  await rm(home, { recursive: true, force: true });

  const settled = samples.slice(1);
  const mean = (key) => settled.reduce((sum, sample) => sum + sample[key], 0) / settled.length;
  const slope =
    (settled.reduce((sum, { at, heap }) => sum + (at - mean('at')) * (heap - mean('heap')), 0) /
      settled.reduce((sum, { at }) => sum + (at - mean('at')) ** 2, 0)) *
    60;
  const [quarter, end] = [samples[1], samples[7]];
  for (const [key, slack] of [
    ['heap', HEAP_SLACK_MB],
    ['handles', HANDLE_SLACK],
    ['descriptors', HANDLE_SLACK],
  ])
    if (end[key] > quarter[key] + slack)
      violations.push(`${key} grew from ${quarter[key].toFixed(1)} to ${end[key].toFixed(1)}`);
  const calls = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const struck = [...places.values()].reduce((sum, place) => sum + (place.struck ?? 0), 0);
  console.log(
    `soak: seed ${seed}, ${passed().toFixed(0)} s, ${calls} calls, ${struck} faults, ${counts.get('right') ?? 0} right, heap ${quarter.heap.toFixed(1)} -> ${end.heap.toFixed(1)} MB (slope ${slope.toFixed(2)} MB a minute), handles ${quarter.handles} -> ${end.handles}, descriptors ${quarter.descriptors} -> ${end.descriptors}, ${violations.length} violations`,
  );
  for (const violation of new Set(violations)) console.log(`violation: ${violation}`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}

if (!Number.isFinite(seconds) || seconds < 8 || !Number.isSafeInteger(seed)) {
  console.error('soak: --seconds must be a number from 8 on, --seed an integer');
  process.exitCode = 2;
} else if (process.env.SOAK_ROLE === 'centres') await serve();
else await soak();
