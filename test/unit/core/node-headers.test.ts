import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeHeaders } from '../../../src/core/http/handlers/node-response.js';

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/u);
const value = fc.stringMatching(/^[!-~](?:[ -~]{0,20}[!-~])?$/u);

describe('the headers of a transfer', () => {
  it('are read as those of fetch are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), name, (pairs, other) => {
        const ours = new NodeHeaders({ rawHeaders: pairs.flat() });
        const theirs = new Headers(pairs);
        for (const asked of [...pairs.map(([one]) => one), other]) {
          for (const spelt of [asked, asked.toUpperCase(), asked.toLowerCase()]) {
            expect(ours.get(spelt)).toBe(theirs.get(spelt));
            expect(ours.has(spelt)).toBe(theirs.has(spelt));
          }
        }
      }),
    );
  });

  it('keep cookies apart', () => {
    const rawHeaders = ['Set-Cookie', 'a=1; Expires=Sat, 01 Jan 2028 00:00:00 GMT', 'ETag', '"x"', 'set-cookie', 'b=2'];
    const theirs = new Headers([
      ['set-cookie', rawHeaders[1] ?? ''],
      ['set-cookie', 'b=2'],
    ]);
    expect(new NodeHeaders({ rawHeaders }).getSetCookie()).toEqual(theirs.getSetCookie());
    expect(new NodeHeaders({ rawHeaders: [] }).getSetCookie()).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('are not those of every object: %s', (odd) => {
    const none = new NodeHeaders({ rawHeaders: [] });
    expect([none.get(odd), none.has(odd)]).toEqual([null, false]);
    const one = new NodeHeaders({ rawHeaders: [odd, 'x', odd, 'y'] });
    expect(one.get(odd)).toBe('x, y');
  });
});
