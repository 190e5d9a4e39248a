import { serve } from '../../support/server.js';
import { attempt, CALM, layOld, told, wrongs, type Outcome } from './judge.js';
import { misfit } from './expected.js';
import type { Cell } from './plan.js';
import { emptied, lay, layBeside, scene, type Scene } from './scene.js';
import type { Subject } from './subject.js';
import type { Way } from './way.js';

/** So few that none of them waits long for the others, whose limits of time go on. */
const AT_A_TIME = 8;
/** Only silence is waited for; all other requests of the call must be answered within it, on a slow machine too. */
const SILENT_MS = 2_500;

/** Another host, that remembers what it was told. */
export const stranger = () =>
  serve((request, response) => {
    request.resume();
    response.writeHead(404).end();
  });

/** What is wrong with a cell. */
async function judge(cell: Cell, made: Scene, other: string): Promise<string[]> {
  const { subject, station, row, times } = cell;
  const route = subject.stations[station] ?? /^/u;
  const wrong: string[] = [];
  const left = row.of === 'rest' || row.of === 'left';
  const skip = left ? (subject.before ?? 0) : 0;
  const old =
    (times === 'always' || row.beside === 'twin') &&
    (subject.kind === 'download' || subject.kind === 'process') &&
    subject.laid === undefined;
  if (old) await layOld(made);
  if (left) {
    made.faults.add({ route, skip, times: subject.files, fault: { kind: 'drop', afterBytes: 700 } });
    await attempt(subject, made, { ...CALM, retries: 0, concurrency: 1 });
    made.faults.clear();
  }
  if (row.beside !== undefined) await layBeside(made, row.beside);
  const asked = made.requests.length;
  made.faults.add({ route, skip, times: times === 'once' ? 1 : Infinity, fault: row.fault(other) });
  const ways = {
    ...CALM,
    ...(row.silent === true && { timeoutMs: SILENT_MS, idleTimeoutMs: SILENT_MS }),
    // The part is of the first file, so its request comes first; what was uploaded for it is there.
    ...(left && { concurrency: 1, again: true }),
    ...(row.resume === false && { resume: false }),
  };
  const outcome = await attempt(subject, made, ways);
  const requests = made.requests.slice(asked);
  if (made.faults.fired === 0) wrong.push(`the fault met no request: ${told(outcome)}`);
  made.faults.clear();
  if (row.of === 'rest' && !requests.some(({ headers }) => headers.has('range')))
    wrong.push('nothing was continued, so the fault met no range');
  const isWhole = subject.ranged !== true;
  if (isWhole && row.of === 'left' && row.nature !== 'broken' && requests.some(({ headers }) => headers.has('range')))
    wrong.push('a range was asked for of what is no part');
  if (row.resume === false && requests.some(({ headers }) => headers.has('range'))) wrong.push('a range was asked for');
  const unfit = misfit(cell, outcome);
  if (unfit !== undefined) wrong.push(`${unfit}, but: ${told(outcome)}`);
  // A comparison asks for the first byte of whatever is there; a rest must be of the same file.
  if (requests.some(({ headers }) => /^bytes=[1-9]/u.test(headers.get('range') ?? '') && !headers.has('if-range')))
    wrong.push('it asked for the rest of whatever file is there');
  // What the client has given up the simulator takes in all the same, at any later time.
  const late = row.silent === true && row.nature === 'passing';
  wrong.push(...sentTwice(subject, requests, late));
  wrong.push(
    ...(await wrongs(subject, made, outcome, {
      old,
      changed: row.nature === 'other' && station === subject.carrier,
      blind: row.blind === true,
    })),
  );
  wrong.push(...(await repaired(cell, made, outcome)));
  return wrong;
}

/** What may be sent but once was not sent again, and nothing was after it had been taken. */
function sentTwice({ sends, stations, files }: Subject, requests: Scene['requests'], late: boolean): string[] {
  if (sends === undefined) return [];
  const route = stations[sends.station] ?? /^/u;
  const sent = requests.filter(({ method, path }) => route.test(`${method} ${path}`));
  const taken = sent.filter(({ status }) => status !== undefined && status < 400);
  return [
    ...(sends.once && sent.length > files ? [`sent ${sent.length} times`] : []),
    ...(!late && taken.length > files ? ['sent again after it had been taken'] : []),
  ];
}

/** Afterwards, without a fault, the same call gives the right file. */
async function repaired({ subject, row }: Cell, made: Scene, before: Outcome): Promise<string[]> {
  // What was sent is there: the next call would make another order, or the next number.
  if (subject.repeats === false && made.stored().length > 0) return [];
  const outcome = await attempt(subject, made, { ...CALM, again: true });
  if (outcome.error !== undefined) return [`the next call fails: ${told(outcome)} (after ${told(before)})`];
  // What the simulator took in late may be an order of its own.
  const orders = subject.repeats === false ? 2 : 1;
  const changed = subject.keeps === true && row.nature === 'other';
  return (await wrongs(subject, made, outcome, { old: false, changed, orders })).map(
    (what) => `after the next call: ${what}`,
  );
}

/** Runs the cells of all calls, many at a time; gives what is wrong with those of each call. */
export function runCells(cells: readonly Cell[], other: string, way?: Way): ReadonlyMap<Subject, Promise<string[]>> {
  const waiting = [...cells];
  const results = new Map<
    Subject,
    { left: number; wrong: string[]; done: (wrong: string[]) => void; all: Promise<string[]> }
  >();
  for (const { subject } of cells) {
    const known = results.get(subject);
    if (known !== undefined) known.left += 1;
    else {
      const { promise, resolve } = withResolvers();
      results.set(subject, { left: 1, wrong: [], done: resolve, all: promise });
    }
  }
  const work = async (): Promise<void> => {
    // Downloads change nothing in a centre, so that a scene serves many cells of a call.
    let made: Scene | undefined;
    let of: Subject | undefined;
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      const { subject } = cell;
      if (made !== undefined && of !== subject) {
        await made.end();
        made = undefined;
      }
      made ??= await scene(subject, way);
      of = subject;
      const where = `${cell.station}, ${cell.row.name}, ${cell.times}`;
      const found = await judge(cell, made, other).catch((error: unknown) => [String(error)]);
      const result = results.get(subject);
      result?.wrong.push(...found.map((what) => `${where}: ${what}`));
      if (subject.sends !== undefined || found.length > 0) {
        await made
          .end()
          .catch((error: unknown) => result?.wrong.push(`${where}: its scene does not end: ${String(error)}`));
        made = undefined;
      } else {
        await emptied(made.at);
        if (subject.laid !== undefined) await lay(made, subject.laid);
      }
      if (result !== undefined && (result.left -= 1) === 0) result.done(result.wrong);
    }
    await made?.end();
  };
  for (let worker = 0; worker < AT_A_TIME; worker += 1) void work();
  return new Map([...results].map(([subject, { all }]) => [subject, all]));
}

function withResolvers(): { promise: Promise<string[]>; resolve: (wrong: string[]) => void } {
  let resolve: (wrong: string[]) => void = () => undefined;
  const promise = new Promise<string[]>((given) => (resolve = given));
  return { promise, resolve };
}
