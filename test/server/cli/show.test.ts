import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { expected, sdc } from './run.js';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/read/${name}`, import.meta.url));
const packets = fixture('ccsds/imap_hit_l0_hk_20100105_v001.pkts');
const cube = fixture('envi/u2_bil_be_off_a.bil');

test('show prints what is in a file', async () => {
  const { code, out, err } = await sdc(['show', cube]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await expect(out).toMatchFileSnapshot(expected('show-envi.txt'));
});

test('show -v prints values, of several variables too', async () => {
  const { code, out } = await sdc(['show', packets, '-v', 'apid[:3]', '-v', 'sequenceCount[0]']);
  expect({ code, out }).toEqual({ code: 0, out: 'apid =\n  1251, 1251, 1251 ;\nsequenceCount =\n  2883 ;\n' });
});

test('show --json and --output json give the same document', async () => {
  const { code, out } = await sdc(['show', packets, '--json']);
  expect(code).toBe(0);
  const shown = JSON.parse(out) as { format: string; dimensions: unknown; variables: { name: string }[] };
  expect(shown).toMatchObject({ format: 'ccsds', dimensions: { packet: 88 } });
  expect(shown.variables.map(({ name }) => name)).toContain('shcoarse');
  expect((await sdc(['show', packets, '--output', 'json'])).out).toBe(out);
  const values = await sdc(['show', cube, '--json', '-v', 'data[2,3,2:4]']);
  expect(JSON.parse(values.out)).toMatchObject([
    { name: 'data', dtype: 'uint16', shape: [2], data: [expect.any(Number), 30887] },
  ]);
});

test('show --output csv gives a row for each variable, or for each value', async () => {
  const { out } = await sdc(['show', cube, '--output', 'csv']);
  expect(out).toBe(
    '"name","dtype","shape","dimensions","units"\n"data","uint16","5 7 6","band line sample","nW/(cm)^2/(sr)/(nm)"\n',
  );
  const values = await sdc(['show', cube, '--output', 'csv', '-v', 'data[2,3,3]']);
  expect(values.out).toBe('"name","index","value"\n"data","","30887"\n');
});

test.each([
  [['show', '/no/such/file.cdf'], 1, 'cannot be opened: no such file'],
  [['show', fixture('envi/README.md')], 1, 'the format is not one that can be read'],
  [['show', packets, '-v', 'apids'], 2, 'there is no variable apids in this file; did you mean apid?'],
  [['show', packets, '--format', 'envy'], 2, 'Allowed choices are'],
])('%j fails in words', async (args, exit, words) => {
  const { code, out, err } = await sdc(args);
  expect({ code, out }).toEqual({ code: exit, out: '' });
  expect(err).toContain(words);
});

test('show -v is no verbose run, --verbose still is one', async () => {
  const { code } = await sdc(['show', packets, '--verbose', '-v', 'apid[0]']);
  expect(code).toBe(0);
});
