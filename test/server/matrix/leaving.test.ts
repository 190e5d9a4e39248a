import { getEventListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/testing/kit/types.js';
import { cover } from '../../support/full.js';
import { errorIfAny, rejection } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { isFull } from '../../support/full.js';
import { CALM } from './judge.js';
import { roleOf } from './plan.js';
import { filesBelow, scene, type Scene } from './scene.js';
import type { Subject, Ways } from './subject.js';
import { bringsFiles, oneOfEach, SUBJECTS } from './subjects.js';

const NEVER: Ways = { ...CALM, timeoutMs: 60_000, idleTimeoutMs: 60_000, retries: 3 };
const reason = { any: 'reason' };

/** Requests that are neither answered nor broken off, by port. */
const busy = new Map<ServerResponse, number>();
const onRequest = (message: unknown): void => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  busy.set(response, request.socket.localPort ?? 0);
  response.once('close', () => busy.delete(response));
};
/** The simulators' ends of connections, which are no matter of the clients. */
const theirs = new Set<Socket>();
const onSocket = (message: unknown): void => {
  const { socket } = message as { socket: Socket };
  theirs.add(socket);
  socket.once('close', () => theirs.delete(socket));
};
beforeAll(() => {
  subscribe('net.server.socket', onSocket);
  subscribe('http.server.request.start', onRequest);
  subscribe('http.client.request.start', onSending);
});
afterAll(() => {
  unsubscribe('net.server.socket', onSocket);
  unsubscribe('http.server.request.start', onRequest);
  unsubscribe('http.client.request.start', onSending);
});
const open = ({ ports }: Scene): number => [...busy.values()].filter((port) => ports.has(port)).length;

/** Requests of the streaming wire whose sockets the client still holds. */
const sending = new Map<ClientRequest, number>();
const onSending = (message: unknown): void => {
  const { request } = message as { request: ClientRequest };
  sending.set(request, Number(new URL(`http://${String(request.getHeader('host'))}`).port));
  request.once('close', () => sending.delete(request));
};
/** Whether the connection of a call is over, on the side of the centre and on that of the client. */
const over = (made: Scene): boolean => open(made) === 0 && ![...sending.values()].some((port) => made.ports.has(port));

const SETTLED = ['Timeout', 'FSReqPromise', 'TCPSocketWrap', 'TLSWrap', 'FileHandle'] as const;
/** What the runtime counts, without the simulators' ends. */
function held(): Record<string, number> {
  const counts: Record<string, number> = { descriptors: descriptors() };
  for (const kind of process.getActiveResourcesInfo())
    if ((SETTLED as readonly string[]).includes(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
  for (const kind of ['descriptors', 'TCPSocketWrap']) counts[kind] = Math.max(0, (counts[kind] ?? 0) - theirs.size);
  return counts;
}
function descriptors(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}

interface Stage {
  readonly name: string;
  readonly fault: Fault;
  /** The fault is a whole answer: the abort comes in the wait after it. */
  readonly answered?: boolean;
  /** Which requests can be caught there; default: all. */
  readonly fits?: (subject: Subject, station: string) => boolean;
}

/** Short answers are over before their end is missed. */
const carriesFile = (subject: Subject, station: string): boolean =>
  (bringsFiles(subject) || subject.kind === 'open') &&
  roleOf(subject, station) === 'bytes' &&
  subject.laid === undefined;

const STAGES: readonly Stage[] = [
  { name: 'before the headers', fault: { kind: 'stall' } },
  { name: 'before the first byte', fault: { kind: 'stall', afterBytes: 0 }, fits: carriesFile },
  { name: 'in the body', fault: { kind: 'stall', afterBytes: 700 }, fits: carriesFile },
  {
    name: 'between two attempts',
    fault: { kind: 'status', status: 503, retryAfter: 100 },
    answered: true,
    // A form is never sent twice; what is asked until it answers has waits of its own.
    fits: (subject, station) =>
      roleOf(subject, station) !== 'form' &&
      ![...(subject.unrepeated ?? []), ...(subject.waits ?? [])].includes(station),
  },
];

/** Nothing of a call is left: no request, no listener, no file that is not whole or can be continued. */
async function expectNothingLeft(made: Scene, signal: AbortSignal): Promise<void> {
  await until(() => over(made));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  const files = [...(await filesBelow(made.at)).keys()];
  expect(files.filter((name) => !/\.part(?:\.json)?$/u.test(name) && !made.truth.has(name))).toEqual([]);
}

async function staged(subject: Subject, work: (made: Scene) => Promise<void>): Promise<void> {
  const made = await scene(subject);
  try {
    await work(made);
  } finally {
    await made.end();
  }
}

// A request that another call has, too, is aborted there.
const stations = SUBJECTS.flatMap((subject) =>
  Object.entries(subject.stations)
    .filter(([station]) => subject.few?.[station] === undefined)
    .map(([station, route]) => ({ name: subject.name, station, route, subject })),
);

const ABORTS = cover(
  stations.flatMap((one) =>
    STAGES.filter(({ fits }) => fits?.(one.subject, one.station) ?? true).map((stage) => ({ ...one, stage })),
  ),
  ({ name }) => name,
  ({ subject, stage }) => `${subject.centre} ${stage.name}`,
);

describe.each(
  stations.filter((one) => ABORTS.some(({ name, station }) => name === one.name && station === one.station)),
)('an abort of $name at its request for the $station', ({ subject, station, route }) => {
  it.each(ABORTS.filter((one) => one.name === subject.name && one.station === station))(
    '$stage.name ends it within a second, with the reason',
    async ({ stage: { fault, answered } }) => {
      await staged(subject, async (made) => {
        const control = new AbortController();
        made.faults.add({ route, times: Infinity, fault });
        const outcome = rejection(subject.run(made.site, made.at, { ...NEVER, signal: control.signal }));
        await until(() => made.faults.fired > 0 && (answered === true ? open(made) === 0 : open(made) > 0));
        await new Promise((resolve) => setTimeout(resolve, 30));
        const began = performance.now();
        control.abort(reason);
        const error = await outcome;
        // The time is the promise itself, not a measure of speed.
        expect(performance.now() - began).toBeLessThan(1000);
        expect(error).toBe(reason);
        await expectNothingLeft(made, control.signal);
      });
    },
  );
});

// What a call leaves behind is core's matter: one centre stands for all, unless everything is tested.
const THOROUGH = oneOfEach(SUBJECTS).filter(({ centre }) => isFull || centre === 'imap');

describe.each(SUBJECTS)('$name', (subject) => {
  it('with a signal that is aborted already asks nothing', async () => {
    await staged(subject, async (made) => {
      const asked = made.requests.length;
      const error = await rejection(subject.run(made.site, made.at, { ...NEVER, signal: AbortSignal.abort(reason) }));
      expect(error).toBe(reason);
      expect(made.requests.length - asked).toBe(0);
    });
  });

  // Five rounds take seconds each.
  it.runIf(THOROUGH.includes(subject))(
    'leaves no timer, socket, descriptor or listener behind, whether it works, fails or is aborted',
    async () => {
      await staged(subject, async (made) => {
        const { signal } = new AbortController();
        const route = subject.stations[subject.carrier] ?? /^/u;
        const round = async (): Promise<void> => {
          await errorIfAny(subject.run(made.site, made.at, { ...CALM, again: true, signal }));
          made.faults.add({ route, times: 2, fault: { kind: 'drop', afterBytes: 700 } });
          await errorIfAny(subject.run(made.site, made.at, { ...CALM, retries: 0, signal }));
          made.faults.clear();
          const control = new AbortController();
          // A file that the centre has is not sent again, but asked for.
          const asking = Object.values(subject.stations)[0] ?? route;
          made.faults.add({ route: asking, times: Infinity, fault: { kind: 'stall' } });
          const outcome = rejection(subject.run(made.site, made.at, { ...NEVER, again: true, signal: control.signal }));
          await until(() => made.faults.fired > 0 && open(made) > 0);
          control.abort(reason);
          await outcome;
          made.faults.clear();
          await until(() => over(made));
        };
        // What is loaded or opened once for all is there after the first round.
        await round();
        const calm = async (): Promise<Record<string, number>> => {
          await new Promise((resolve) => setTimeout(resolve, 150));
          return held();
        };
        const before = await calm();
        for (let count = 0; count < 3; count += 1) await round();
        // Ends of sockets come in their own time; what stays for good is left behind.
        let after = await calm();
        const more = (): boolean => Object.entries(after).some(([kind, count]) => count > (before[kind] ?? 0) + 1);
        for (let look = 0; look < 60 && more(); look += 1) after = await calm();
        for (const [kind, count] of Object.entries(after))
          expect([kind, count]).toEqual([kind, expect.toSatisfy((held: number) => held <= (before[kind] ?? 0) + 1)]);
        expect(getEventListeners(signal, 'abort')).toEqual([]);
      });
    },
  );
});

describe.each(SUBJECTS.filter(({ kind, files }) => kind === 'open' || (kind === 'download' && files > 1)))(
  '$name',
  (subject) => {
    it('left early ends what is in flight', async () => {
      await staged(subject, async (made) => {
        const route = subject.stations[subject.carrier] ?? /^/u;
        const { signal } = new AbortController();
        // The first file comes; of the second one, or of the stream, only the beginning does.
        const skip = subject.kind === 'open' ? 0 : 1;
        made.faults.add({ route, skip, times: Infinity, fault: { kind: 'stall', afterBytes: 1500 } });
        await subject.run(made.site, made.at, { ...NEVER, signal, leave: true });
        await expectNothingLeft(made, signal);
        if (subject.kind === 'download')
          expect([...(await filesBelow(made.at)).keys()].filter((name) => made.truth.has(name))).toHaveLength(1);
      });
    });
  },
);

describe.each(SUBJECTS.filter(({ files, kind }) => kind === 'download' && files > 1))('$name', (subject) => {
  it('aborted while a file waits for its place never asks for that file', async () => {
    await staged(subject, async (made) => {
      const route = subject.stations[subject.carrier] ?? /^/u;
      const control = new AbortController();
      made.faults.add({ route, times: Infinity, fault: { kind: 'stall', afterBytes: 700 } });
      const ways = { ...NEVER, concurrency: 1, signal: control.signal };
      const outcome = rejection(subject.run(made.site, made.at, ways));
      await until(() => made.faults.fired > 0 && open(made) > 0);
      control.abort(reason);
      expect(await outcome).toBe(reason);
      await expectNothingLeft(made, control.signal);
      expect(made.faults.fired).toBe(1);
    });
  });
});

describe.each(SUBJECTS.filter(({ kind, laid }) => kind === 'download' && laid === undefined))('$name', (subject) => {
  it('aborted as the last bytes come, and the file is checked, ends with the reason or the right file', async () => {
    await staged(subject, async (made) => {
      const control = new AbortController();
      const total = [...made.truth.values()][0]?.length ?? 0;
      const onProgress: NonNullable<Ways['onProgress']> = ({ bytes }) => {
        if (bytes >= total) setImmediate(() => control.abort(reason));
      };
      const error = await errorIfAny(
        subject.run(made.site, made.at, { ...NEVER, concurrency: 1, signal: control.signal, onProgress }),
      );
      if (error !== undefined) expect(error).toBe(reason);
      await expectNothingLeft(made, control.signal);
      for (const [name, bytes] of await filesBelow(made.at))
        if (made.truth.has(name))
          expect([name, Buffer.from(made.truth.get(name) ?? []).equals(bytes)]).toEqual([name, true]);
    });
  });
});
