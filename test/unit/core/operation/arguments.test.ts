import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Arguments } from '../../../../src/core/operation/arguments.js';
import { checkArguments, objectOf } from '../../../../src/core/operation/fields.js';
import {
  needed,
  address,
  date,
  either,
  flag,
  list,
  number,
  oneOf,
  pair,
  record,
  text,
} from '../../../../src/core/operation/kinds.js';
import { nearestName } from '../../../../src/core/util/nearest-name.js';
import { CALL_OPTIONS, CLIENT_OPTIONS, DOWNLOAD_OPTIONS } from '../../../../src/core/operation/shared-options.js';
import type { CallOptions, ClientOptions, DownloadOptions } from '../../../../src/types.js';

interface Line {
  readonly name: string;
  readonly bands?: readonly [number, number];
}
interface Order {
  readonly lines: readonly Line[];
  readonly mode?: 'fast' | 'safe';
  readonly labels?: Readonly<Record<string, string>>;
  readonly folder?: string | URL;
  readonly since?: Date | string;
  readonly dry?: boolean;
}
const line = objectOf<Line>()({ name: needed(text), bands: pair(number({ min: 1 })) });
const order = objectOf<Order>()({
  lines: needed(list(line)),
  mode: oneOf('fast', 'safe'),
  labels: record(text),
  folder: address,
  since: date,
  dry: flag,
});

/** Gives an order that the compiler would refuse. */
function place(wanted: unknown, options: unknown = {}): void {
  checkArguments(
    new Arguments('room.place'),
    { order: needed(order), options: DOWNLOAD_OPTIONS },
    { order: wanted as Order, options: options as DownloadOptions },
  );
}
const lines = [{ name: 'f1' }];

describe('objects of every make', () => {
  const elsewhere = (code: string): unknown => vm.runInNewContext(`(${code})`);

  test.each<[string, unknown]>([
    ['frozen', Object.freeze({ lines })],
    ['without a prototype', Object.assign(Object.create(null) as object, { lines })],
    [
      'of a class, its own fields',
      new (class {
        lines = lines;
      })(),
    ],
    ['a proxy', new Proxy({ lines }, {})],
    ['with a symbol', { lines, [Symbol('note')]: 1 }],
    [
      'with an own getter',
      {
        get lines() {
          return lines;
        },
      },
    ],
    [
      'of another realm',
      elsewhere('{ lines: [{ name: "f1", bands: [1, 2] }], since: new Date(0), labels: { a: "b" } }'),
    ],
  ])('%s: taken', (_what, wanted) => {
    expect(() => {
      place(wanted);
    }).not.toThrow();
  });

  test.each<[string, unknown, unknown, RegExp]>([
    [
      'a getter of a class',
      { lines },
      new (class {
        get resume() {
          return lines.length > 99;
        }
      })(),
      /"resume" must be a property of options itself/u,
    ],
    ['inherited', Object.create({ lines }), {}, /"lines" must be a property of order itself/u],
    [
      'not enumerable',
      Object.defineProperty({ lines }, 'dry', { value: true }),
      {},
      /"dry" must be a property of order itself/u,
    ],
    [
      'a proxy that makes values up',
      { lines },
      new Proxy({}, { get: (_target, name) => (name === 'timeoutMs' ? 5 : undefined) }),
      /"timeoutMs" must be/u,
    ],
    ['an invalid date of another realm', { lines, since: elsewhere('new Date(NaN)') }, {}, /since is an invalid Date/u],
    [
      'something that calls itself a date',
      { lines, since: { [Symbol.toStringTag]: 'Date' } },
      {},
      /since must be a Date or a string/u,
    ],
    [
      'a name that every object has',
      { lines, constructor: 1 },
      {},
      /unknown option "constructor"; the known ones are/u,
    ],
  ])('%s: refused', (_what, wanted, options, message) => {
    expect(() => {
      place(wanted, options);
    }).toThrow(message);
  });
});

describe('what a refused argument says', () => {
  test.each<[unknown, string]>([
    [{ lines, Mode: 'fast' }, 'room.place: unknown option "Mode"; did you mean "mode"?'],
    [{ line: lines }, 'room.place: unknown option "line"; did you mean "lines"?'],
    [{ lines: [{ name: 'f1', band: [1, 2] }] }, 'room.place: unknown option "band" in lines[0]; did you mean "bands"?'],
    [{ lines, zzz: 1 }, 'room.place: unknown option "zzz"; the known ones are lines, mode, labels, folder, since, dry'],
    [{}, 'room.place: lines is missing; it must be a list whose elements are each an object'],
    [undefined, 'room.place: order is missing; it must be an object'],
    [null, 'room.place: order must be an object, got null'],
    [[], 'room.place: order must be an object, got a list'],
    ['order', 'room.place: order must be an object, got a string'],
    [new Date(0), 'room.place: order must be an object, got a Date'],
    [{ lines: 'f1' }, 'room.place: lines must be a list whose elements are each an object, got a string'],
    [{ lines: [null] }, 'room.place: lines[0] must be an object, got null'],
    [{ lines: [{}] }, 'room.place: lines[0].name is missing; it must be a string'],
    [{ lines: [{ name: 'f1', bands: [1, Number.NaN] }] }, 'room.place: lines[0].bands[1] must be a number, got NaN'],
    [{ lines, mode: 'slow' }, 'room.place: mode must be one of fast, safe; got "slow"'],
    [{ lines, labels: { a: 1 } }, 'room.place: labels["a"] must be a string, got 1'],
    [{ lines, folder: 5 }, 'room.place: folder must be a string or a URL, got 5'],
    [{ lines, since: 1449792000000 }, 'room.place: since must be a Date or a string, got 1449792000000'],
    [{ lines, since: new Date(Number.NaN) }, 'room.place: since is an invalid Date'],
    [{ lines, dry: null }, 'room.place: dry must be true or false, got null'],
  ])('%j', (wanted, message) => {
    expect(() => place(wanted)).toThrow(new TypeError(message));
  });

  test('a number out of bounds is a RangeError', () => {
    expect(() => place({ lines: [{ name: 'f1', bands: [0, 2] }] })).toThrow(
      new RangeError('room.place: lines[0].bands[0] must be 1 or more, got 0'),
    );
    expect(() => place({ lines }, { concurrency: 0 })).toThrow(RangeError);
    expect(() => place({ lines }, { timeoutMs: -1 })).toThrow(RangeError);
  });

  test('a text in the wrong place is not repeated, since it may be a secret', () => {
    expect(() => place({ lines }, { timeoutMs: 'hunter2' })).toThrow(/^(?!.*hunter2)/u);
    expect(() => place('hunter2')).toThrow(/^(?!.*hunter2)/u);
  });
});

describe('what is taken', () => {
  test('undefined is as good as left out, whatever the name', () => {
    expect(() => place({ lines, mode: undefined, other: undefined }, { signal: undefined })).not.toThrow();
    expect(() => place({ lines }, undefined)).not.toThrow();
  });

  test('a signal of another realm, but nothing that only looks like one', () => {
    const check = (signal: unknown): void =>
      checkArguments(new Arguments('room.call'), { options: CALL_OPTIONS }, { options: { signal } as CallOptions });
    const { signal } = new AbortController();
    const foreign = {
      aborted: false,
      reason: undefined,
      addEventListener: signal.addEventListener.bind(signal),
      removeEventListener: signal.removeEventListener.bind(signal),
      throwIfAborted: signal.throwIfAborted.bind(signal),
    };
    for (const good of [signal, foreign, undefined]) expect(() => check(good)).not.toThrow();
    for (const wrong of [new AbortController(), {}, null, true, 'abort', () => signal, { aborted: false }])
      expect(() => check(wrong)).toThrow(/signal must be an AbortSignal/u);
  });

  test('a signal in place of the options is no object of options', () => {
    const options = new AbortController().signal as unknown as CallOptions;
    expect(() => checkArguments(new Arguments('room.call'), { options: CALL_OPTIONS }, { options })).toThrow(
      /options must be an object/u,
    );
  });

  test('any logger that has some of the four levels', () => {
    const make = (logger: unknown): void =>
      checkArguments(
        new Arguments('room.client'),
        { options: CLIENT_OPTIONS },
        { options: { logger } as ClientOptions },
      );
    for (const good of [console, {}, { warn: () => undefined, child: 1 }]) expect(() => make(good)).not.toThrow();
    for (const wrong of [null, 'debug', true, { debug: 'yes' }]) expect(() => make(wrong)).toThrow(TypeError);
  });

  test('one of two kinds: what is wrong inside is reported for the one that fits outside', () => {
    const kinds = { proj: needed(either(text, line)) };
    const check = (proj: unknown): void =>
      checkArguments(new Arguments('room.call'), kinds, { proj: proj as string | Line });
    check('UTM');
    check({ name: 'x' });
    expect(() => check({ nam: 'x' })).toThrow('room.call: unknown option "nam"; did you mean "name"?');
    expect(() => check(5)).toThrow('room.call: proj must be a string or an object, got 5');
  });
});

describe('the nearest known name', () => {
  const known = [
    'start',
    'end',
    'harpnum',
    'cadenceMinutes',
    'dateStart',
    'idStartsWith',
    'from',
    'signal',
    'timeoutMs',
    'apiKey',
  ];
  test.each([
    ['harpNum', 'harpnum'],
    ['form', 'from'],
    ['api_key', 'apiKey'],
    ['APIKEY', 'apiKey'],
    ['date-start', 'dateStart'],
    ['idStartWith', 'idStartsWith'],
    ['timeout', 'timeoutMs'],
    ['cadence', 'cadenceMinutes'],
    ['singal', 'signal'],
    ['strat', 'start'],
    ['zebra', undefined],
    ['', undefined],
  ])('of %j is %j', (name, near) => {
    expect(nearestName(name, known)).toBe(near);
  });

  test('is a known one or none, for any name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (name) => {
        const near = nearestName(name, known);
        return near === undefined || known.includes(near);
      }),
    );
  });
});
