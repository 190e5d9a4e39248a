import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HmiClient } from '../../../../src/hmi/index.js';
import { ImapClient } from '../../../../src/imap/index.js';
import { SCC as SccClient } from '../../../../src/scc/index.js';
import { ScopsClient } from '../../../../src/scops/index.js';
import { goodOf, isShape, type Argument } from './kinds.js';
import { HMI, IMAP, SCC, SCOPS } from './methods.js';

/** Every request that was sent. */
const seen: string[] = [];
const transport = {
  baseUrl: 'http://127.0.0.1:9/',
  retries: 0,
  fetch: async (input: string | URL | Request) => {
    seen.push(input instanceof Request ? input.url : String(input));
    return new Response('', { status: 500 });
  },
};
const logins = { httpAuthUser: 'site', httpAuthPassword: 'site-word', username: 'me', password: 'my-word' };
const rooms = [
  ['SCC', new SccClient(logins, transport), SCC],
  ['IMAP', new ImapClient({ ...transport, apiKey: 'some-key', webpodaToken: 'dTpw' }), IMAP],
  ['HMI', new HmiClient(transport), HMI],
  ['SCOPS', new ScopsClient({ ...transport, project: 'GB13_08', password: 'some-word' }), SCOPS],
] as const;

/** What a call that must be refused ends with: an error of the call for iterables, of the promise for others. */
async function refusal(client: object, method: string, values: readonly unknown[]): Promise<unknown> {
  let returned: unknown;
  try {
    returned = Reflect.apply(Reflect.get(client, method) as (...given: unknown[]) => unknown, client, values);
  } catch (error) {
    return error;
  }
  if (!(returned instanceof Promise)) return 'nothing was thrown at the call';
  return returned.then(
    () => 'it was taken',
    (error: unknown) => error,
  );
}

/** A name that is spelt in a way that nobody knows. */
const misspelt = (name: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.nat(name.length - 1).map((at) => name.slice(0, at) + name.slice(at + 1)),
    fc.constant(name.toUpperCase()),
    fc.constant(name.replace(/([A-Z])/gu, (letter) => `_${letter.toLowerCase()}`)),
    fc.string({ minLength: 1, maxLength: 12 }).map((end) => name + end),
  );

interface Mistake {
  readonly what: string;
  readonly values: unknown[];
}

/** All the ways to give these arguments wrongly. */
function mistakes(spec: readonly Argument[]): fc.Arbitrary<Mistake> {
  const values = spec.map(goodOf);
  const at = (index: number, value: unknown): unknown[] => values.map((one, place) => (place === index ? value : one));
  const ways = spec.flatMap((argument, index): fc.Arbitrary<Mistake>[] => {
    const missing =
      argument.needed === true ? [fc.constant({ what: `${index} missing`, values: at(index, undefined) })] : [];
    if (!isShape(argument))
      return [
        ...missing,
        fc.constantFrom(...argument.wrong).map((wrong) => ({ what: `${index} wrong`, values: at(index, wrong) })),
      ];
    const known = Object.keys(argument.fields);
    const base = values[index] as object;
    const noObject = fc.constantFrom<unknown[]>(null, [], 5, 'text', true, new Date(0), new AbortController().signal);
    return [
      ...missing,
      noObject.map((wrong) => ({ what: `${index} is no object`, values: at(index, wrong) })),
      fc
        .constantFrom(...known)
        .chain(misspelt)
        .filter((name) => !known.includes(name) && name !== '__proto__' && !OTHERS.has(name))
        .chain((name) => fc.constantFrom<unknown[]>(1, 'x', null, true).map((value) => ({ name, value })))
        .map(({ name, value }) => ({
          what: `${index} unknown ${name}`,
          values: at(index, { ...base, [name]: value }),
        })),
      fc
        .constantFrom(...Object.entries(argument.fields))
        .chain(([name, leaf]) =>
          fc
            .constantFrom(...leaf.wrong, ...(leaf.needed === true ? [undefined] : []))
            .map((wrong) => [name, wrong] as const),
        )
        .map(([name, wrong]) => ({ what: `${index} field ${name}`, values: at(index, { ...base, [name]: wrong }) })),
    ];
  });
  return fc.oneof(...ways);
}

/** Options that this test does not list, but the types know. */
const OTHERS = new Set([
  'quality',
  'harpnum',
  'fileName',
  'systemId',
  'version',
  'products',
  'retries',
  'sha256',
  'header',
  'masks',
  'projection',
  'pixelSize',
]);

describe.each(rooms)('%s', (_name, client, methods) => {
  test('every public method is listed here', () => {
    const prototype: object = Object.getPrototypeOf(client) as object;
    const own = Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(
        ([name, { value }]) =>
          typeof value === 'function' && name !== 'constructor' && name !== 'close' && name !== 'withOptions',
      )
      .map(([name]) => name);
    expect(own.sort()).toEqual(Object.keys(methods).sort());
  });

  test.each(Object.entries(methods))('%s refuses wrong arguments before any request', async (method, spec) => {
    await fc.assert(
      fc.asyncProperty(mistakes(spec), async ({ what, values }) => {
        seen.length = 0;
        const error = await refusal(client, method, values);
        if (!(error instanceof TypeError || error instanceof RangeError))
          throw new Error(`${method}, argument ${what}: ${String(error)}`);
        expect(seen).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });
});

test.each([
  ['SCC', (options: object) => new SccClient(logins, { ...transport, ...options })],
  ['IMAP', (options: object) => new ImapClient({ ...transport, ...options })],
  ['HMI', (options: object) => new HmiClient({ ...transport, ...options })],
  [
    'SCOPS',
    (options: object) => new ScopsClient({ ...transport, project: 'GB13_08', password: 'some-word', ...options }),
  ],
])('the constructor of %s refuses unknown options and wrong types', (_name, make) => {
  for (const options of [
    { baseurl: 'x' },
    { timeout: 5 },
    { api_Key: 'x' },
    { baseUrl: 5 },
    { fetch: 'x' },
    { timeoutMs: '5' },
    { logger: 'x' },
    { userAgent: 5 },
    { retries: null },
  ])
    expect(() => make(options)).toThrow(TypeError);
  expect(() => make({ timeoutMs: undefined, unknown: undefined })).not.toThrow();
});
