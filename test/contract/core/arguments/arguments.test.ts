import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Operation } from '../../../../src/core/operation/operation.js';
import { CLIENT as HMI_CLIENT } from '../../../../src/hmi/arguments.js';
import { HmiClient } from '../../../../src/hmi/index.js';
import { CLIENT as IMAP_CLIENT } from '../../../../src/imap/arguments.js';
import { ImapClient } from '../../../../src/imap/index.js';
import { CLIENT as SCC_CLIENT } from '../../../../src/scc/arguments.js';
import { SCC as SccClient } from '../../../../src/scc/index.js';
import { CLIENT as SCOPS_CLIENT } from '../../../../src/scops/arguments.js';
import { ScopsClient } from '../../../../src/scops/index.js';
import { goodOf, isShape, unlisted, type Argument, type Shape } from './kinds.js';
import { HMI, IMAP, SCC, SCOPS } from './methods.js';
import { runs } from '../../../support/full.js';

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
const makers = {
  scc: (options: object = {}) => new SccClient(logins, { ...transport, ...options }),
  imap: (options: object = {}) => new ImapClient({ ...transport, ...options }),
  hmi: (options: object = {}) => new HmiClient({ ...transport, ...options }),
  scops: (options: object = {}) =>
    new ScopsClient({ ...transport, project: 'GB13_08', password: 'some-word', ...options }),
};
const rooms = [
  ['scc', makers.scc(), SCC],
  ['imap', makers.imap({ apiKey: 'some-key', webpodaToken: 'dTpw' }), IMAP],
  ['hmi', makers.hmi(), HMI],
  ['scops', makers.scops(), SCOPS],
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

/** The arguments as this test knows them, with every further option that the call declares. */
async function withDeclared(client: object, method: string, spec: readonly Argument[]): Promise<readonly Argument[]> {
  const begin = vi.spyOn(Operation, 'begin');
  await refusal(client, method, [...spec.slice(0, -1).map(goodOf), null]);
  const declared = Object.values(begin.mock.calls[0]?.[2] ?? {}) as { readonly fields?: object }[];
  expect(declared).toHaveLength(spec.length);
  return spec.map((argument, index): Argument => {
    const fields = declared[index]?.fields;
    if (!isShape(argument) || fields === undefined) return argument;
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(argument.fields)));
    return { ...argument, fields: { ...declaredFields(fields), ...argument.fields } };
  });
}

function declaredFields(fields: object): Shape['fields'] {
  return Object.fromEntries(
    Object.entries(fields as Record<string, { readonly fields?: object }>).map(([name, kind]) => [
      name,
      kind.fields === undefined ? unlisted : { ...unlisted, wrong: [...unlisted.wrong, { noSuchName: 1 }] },
    ]),
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

/** Right arguments, with some options, known and unknown ones, that are undefined. */
function leftOut(spec: readonly Argument[]): fc.Arbitrary<unknown[]> {
  return fc.tuple(
    ...spec.map((argument): fc.Arbitrary<unknown> => {
      const good = goodOf(argument);
      if (!isShape(argument)) return fc.constant(good);
      const free = Object.entries(argument.fields).filter(([, leaf]) => leaf.needed !== true);
      const some = fc.subarray([...free.map(([name]) => name), 'noSuchName']);
      const given = some.map((names) => ({
        ...Object.fromEntries(names.map((name) => [name, undefined])),
        ...(good as object),
      }));
      return argument.needed === true ? given : fc.oneof(given, fc.constant(undefined));
    }),
  );
}

interface Mistake {
  readonly what: string;
  readonly values: unknown[];
}

/** Each option in turn with the first and the last of its wrong values. */
function wrongFields(spec: readonly Argument[]): Mistake[] {
  const values = spec.map(goodOf);
  return spec.flatMap((argument, index) =>
    !isShape(argument)
      ? []
      : Object.entries(argument.fields).flatMap(([name, { wrong }]) =>
          [wrong[0], wrong.at(-1)].map((one) => ({
            what: `${index} field ${name}`,
            values: values.map((good, at) => (at === index ? { ...(good as object), [name]: one } : good)),
          })),
        ),
  );
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
      noObject.map((wrong) => ({ what: `${index} is not an object`, values: at(index, wrong) })),
      fc
        .constantFrom(...known)
        .chain(misspelt)
        .filter((name) => !known.includes(name) && name !== '__proto__')
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

describe.each(rooms)('%s', (room, client, methods) => {
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
    const whole = await withDeclared(client, method, spec);
    const refused = async ({ what, values }: Mistake): Promise<void> => {
      seen.length = 0;
      const error = await refusal(client, method, values);
      if (!(error instanceof TypeError || error instanceof RangeError))
        throw new Error(`${method}, argument ${what}: ${String(error)}`);
      expect(seen).toEqual([]);
    };
    // Each option at least once, whatever the property happens to draw.
    for (const mistake of wrongFields(whole)) await refused(mistake);
    await fc.assert(fc.asyncProperty(mistakes(whole), refused), { numRuns: runs(120) });
  });

  const sharing = Object.entries<readonly Argument[]>(methods).filter(([, spec]) =>
    spec.some((one) => isShape(one) && 'overwrite' in one.fields && !('connections' in one.fields)),
  );
  test.runIf(sharing.length > 0).each(sharing)('%s refuses connections: its server is shared', async (method, spec) => {
    for (const connections of [1, 4]) {
      seen.length = 0;
      const values = spec.map((argument) =>
        isShape(argument) && 'overwrite' in argument.fields
          ? { ...(goodOf(argument) as object), connections }
          : goodOf(argument),
      );
      const error = await refusal(client, method, values);
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain('connections works only where the storage serves ranges');
      expect(seen).toEqual([]);
    }
  });

  test.each(Object.entries(methods))('%s takes undefined like an option that is left out', async (method, spec) => {
    const whole = await withDeclared(client, method, spec);
    // A call of a client that was closed ends without a request, once its arguments are checked.
    const closed = makers[room]();
    await closed.close();
    const usual = String(await refusal(closed, method, whole.map(goodOf)));
    await fc.assert(
      fc.asyncProperty(leftOut(whole), async (values) => {
        expect(String(await refusal(closed, method, values))).toBe(usual);
      }),
      { numRuns: 20 },
    );
  });
});

test.each([
  ['SCC', makers.scc, SCC_CLIENT],
  ['IMAP', makers.imap, IMAP_CLIENT],
  ['HMI', makers.hmi, HMI_CLIENT],
  ['SCOPS', makers.scops, SCOPS_CLIENT],
])('the constructor of %s refuses unknown options and wrong types', (_name, make, declared) => {
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
  for (const option of Object.keys(declared.options.fields)) {
    expect(() => make({ [option]: undefined }), option).not.toThrow(TypeError);
    for (const wrong of unlisted.wrong) expect(() => make({ [option]: wrong }), option).toThrow(TypeError);
  }
});
