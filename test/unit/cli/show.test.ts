import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command/usage-error.js';
import { headerText } from '../../../src/cli/show/header-text.js';
import { partOf } from '../../../src/cli/show/part.js';
import { nested, valuesOf, valuesText } from '../../../src/cli/show/values.js';
import { openData, type DataFile } from '../../../src/read/index.js';
import { tempDir } from '../../support/temp-dir.js';

/** A cube of 2 bands, 3 lines and 4 samples that holds 0 to 23. */
async function cube(type = 2): Promise<DataFile> {
  const path = join(tempDir(), 'line.bsq');
  const numbers = Array.from({ length: type === 6 ? 48 : 24 }, (_, index) => index);
  writeFileSync(path, type === 6 ? new Float32Array(numbers) : new Int16Array(numbers));
  writeFileSync(
    `${path}.hdr`,
    `ENVI\nsamples=4\nlines=3\nbands=2\ndata type=${type}\ninterleave=bsq\nbyte order=0\nwavelength={400.5, 500}\nsensor type = FENIX\n`,
  );
  return openData(path);
}

async function shown(text: string): Promise<unknown> {
  await using file = await cube();
  return nested(await valuesOf(partOf(file, text), true));
}

it.each([
  [
    'data[0]',
    [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
    ],
  ],
  ['data[-1,0]', [12, 13, 14, 15]],
  ['data[1,2,3]', 23],
  [
    'data[0, 1:, ::2]',
    [
      [4, 6],
      [8, 10],
    ],
  ],
  ['data[:,0,-1:]', [[3], [15]]],
  ['data[0,0,1:-1]', [1, 2]],
  ['data[0,0,2:100]', [2, 3]],
  ['data[0,0,3:1]', []],
  [
    'data[]',
    [
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9, 10, 11],
      ],
      [
        [12, 13, 14, 15],
        [16, 17, 18, 19],
        [20, 21, 22, 23],
      ],
    ],
  ],
])('%s is that part', async (text, expected) => {
  expect(await shown(text)).toEqual(expected);
});

it.each([
  ['dada', 'there is no variable dada in this file; did you mean data?'],
  ['data[9]', 'data, axis 0: there is no index 9; it has 2 elements'],
  ['data[0,0,0,0]', 'data has 3 axes (2, 3, 4), not 4'],
  ['data[a]', 'data, axis 0: a is neither an index nor first:end:step'],
  ['data[::-1]', 'data, axis 0: ::-1 is not first:end:step with a step from 1 on'],
  ['data[1:2:3:4]', 'data, axis 0: 1:2:3:4 is not first:end:step'],
])('%s is refused in words', async (text, message) => {
  await using file = await cube();
  expect(() => partOf(file, text)).toThrow(UsageError);
  expect(() => partOf(file, text)).toThrow(message);
});

it('values stand in a line for each index of the outer axes', async () => {
  await using file = await cube();
  const values = await valuesOf(partOf(file, 'data[0,1:]'), true);
  expect([...valuesText(values)].join('')).toBe('data =\n  4, 5, 6, 7,\n  8, 9, 10, 11 ;\n');
});

it('a complex number is two values', async () => {
  await using file = await cube(6);
  expect(nested(await valuesOf(partOf(file, 'data[0,0,:2]'), true))).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

it('a file is shown as ncdump -h shows one', async () => {
  await using file = await cube();
  expect(headerText('line.bsq', file)).toBe(
    [
      'envi line.bsq {',
      'dimensions:',
      '\tband = 2 ;',
      '\tline = 3 ;',
      '\tsample = 4 ;',
      'variables:',
      '\tint16 data(band, line, sample) ;',
      '',
      '// attributes of the file:',
      ...['samples = 4', 'lines = 3', 'bands = 2', 'data type = 2', 'interleave = "bsq"', 'byte order = 0'].map(
        (line) => `\t\t:${line} ;`,
      ),
      '\t\t:wavelength = 400.5, 500 ;',
      '\t\t:sensor type = "FENIX" ;',
      '}\n',
    ].join('\n'),
  );
});

it('a variable of packets has its attributes below it', async () => {
  const packets = new URL('../../fixtures/read/ccsds/imap_hit_l0_hk_20100105_v001.pkts', import.meta.url);
  await using file = await openData(new Uint8Array(readFileSync(packets)));
  expect(headerText('hk', file)).toContain(
    '\tuint16 apid(packet) ;\n\t\tapid:long_name = "application process identifier" ;\n',
  );
});
