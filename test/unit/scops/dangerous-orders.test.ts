import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ScopsClient } from '../../../src/scops/index.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { flight, order } from './flight.js';

const folder = tempDir();
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const empty = file('empty.dem', '');
const dem = file('area.dem', 'x'.repeat(64));
const twoBands = file('two.hdr', 'ENVI\nsamples = 4\nlines = 4\nbands = 2\ninterleave = bil\ndata type = 4\n');
const tooLarge = file('large.hdr', 'ENVI\nsamples = 40\nlines = 4\nbands = 1\ninterleave = bil\ndata type = 4\n');
const HEADER =
  'ENVI\nsamples = 4\nlines = 4\nbands = 1\ninterleave = bil\ndata type = 4\nmap info = {Geographic Lat/Lon, 1, 1, -4.3, 50.4, 0.1, 0.1, WGS-84}\n';
const header = (name: string, change: (text: string) => string): string => file(`${name}.hdr`, change(HEADER));
const without = (line: RegExp) => (text: string) => text.replace(line, '');
const pixelwise = header('bip', (text) => text.replace('bil', 'bip'));

/** Every order here would harm the service or come out wrong: [what, order, part of the message]. */
const dangerous: [string, unknown, RegExp][] = [
  ['nothing', undefined, /order is missing; it must be an object/],
  ['no lines (pitfall 4)', order({ lines: [] }), /at least one flight line/],
  ['lines that are no list', order({ lines: 'f21701' }), /lines must be a list/],
  [
    'a line that the page does not have (pitfall 4)',
    order({ lines: [{ name: 'f21799' }] }),
    /no line f21799; it has f21701/,
  ],
  ['a line twice', order({ lines: [{ name: 'f21701' }, { name: 'f21701' }] }), /twice/],
  ['a line with a path', order({ lines: [{ name: '../f21701' }] }), /letters and digits/],
  ['a line without a name', order({ lines: [{}] }), /name, bands/],
  ['an Eagle line (pitfall 13)', order({ lines: [{ name: 'e21702' }] }), /cuts letters off/],
  ['band 0', order({ lines: [{ name: 'f21701', bands: [0, 5] }] }), /1/],
  ['a band beyond the last', order({ lines: [{ name: 'f21701', bands: [1, 21] }] }), /from 1 to 20, got 1 to 21/],
  ['bands back to front', order({ lines: [{ name: 'f21701', bands: [9, 3] }] }), /first <= last/],
  ['half a band', order({ lines: [{ name: 'f21701', bands: [1.5, 3] }] }), /whole number/],
  ['NaN as a band', order({ lines: [{ name: 'f21701', bands: [NaN, 3] }] }), /whole number/],
  ['three bands', order({ lines: [{ name: 'f21701', bands: [1, 2, 3] }] }), /lines\[0\]\.bands must be a list of two/u],
  ['no e-mail', order({ email: '' }), /email/],
  ['an e-mail with ; (pitfall 26)', order({ email: 'a;b@c.de' }), /";"/],
  ['an e-mail with % (pitfall 26)', order({ email: 'a%b@c.de' }), /"%"/],
  ['an e-mail with an umlaut (pitfall 26)', order({ email: 'jörg@c.de' }), /"ö"/],
  ['an e-mail with a line end', order({ email: 'a@c.de\nconfirmed = True' }), /ASCII/],
  ['two addresses', order({ email: 'a@c.de,b@c.de' }), /one plain address/],
  ['no mask at all (pitfall 32)', order({ masks: [] }), /non-empty/],
  ['an unknown mask', order({ masks: ['x'] }), /underflows/],
  ['a mask by inheritance', order({ masks: ['toString'] }), /underflows/],
  ['projection utm (pitfall 18)', order({ projection: 'utm' }), /UTM zone 30N/],
  ['a one-digit zone (pitfall 18)', order({ projection: 'UTM zone 5N' }), /\+proj=utm \+zone=5 /],
  ['a southern one-digit zone (pitfall 18)', order({ projection: 'UTM zone 5S' }), /\+zone=5 \+south/],
  ['zone 61', order({ projection: 'UTM zone 61N' }), /1 to 60/],
  ['free words as projection', order({ projection: 'WGS84' }), /the back end does not know any other/],
  ['an empty PROJ text', order({ projection: { proj: '' } }), /projection\.proj/],
  ['a PROJ text with ;', order({ projection: { proj: '+proj=longlat; rm' } }), /ASCII/],
  ['a PROJ text with a shell sign', order({ projection: { proj: '+proj=$(id)' } }), /PROJ text/],
  [
    'UKBNG outside of the kingdom',
    order({ projection: 'UKBNG', flight: flight({ projections: ['UTM zone 32N'] }) }),
    /United Kingdom/,
  ],
  ['a flight whose own zone has one digit', order({ flight: flight({ defaultProjection: 'UTM zone 5N' }) }), /zone=5/],
  [
    'a flight without a usable projection',
    order({ flight: { ...flight(), defaultProjection: undefined } }),
    /no usable default/,
  ],
  ['pixel size 0', order({ pixelSize: 0 }), /0\.5 to 7/],
  ['a tiny pixel size', order({ pixelSize: 0.001 }), /0\.5 to 7/],
  ['an infinite pixel size', order({ pixelSize: Infinity }), /number/],
  ['a negative pixel size', order({ pixelSize: [-2, 2] }), /0\.5 to 7/],
  ['pixel size as text', order({ pixelSize: '2' }), /a number or a list of two/],
  [
    'no optimal pixel size (pitfall 14)',
    order({ flight: { ...flight(), optimalPixelSize: undefined } }),
    /no optimal size/,
  ],
  ['an infinite bound', order({ bounds: { north: Infinity, south: 1, east: 1, west: 0 } }), /bounds\.north/],
  ['NaN as a bound', order({ bounds: { north: NaN, south: 1, east: 1, west: 0 } }), /bounds\.north/],
  ['a box upside down', order({ bounds: { north: 1, south: 2, east: 1, west: 0 } }), /above bounds\.south/],
  ['a box inside out', order({ bounds: { north: 2, south: 1, east: 0, west: 1 } }), /above bounds\.west/],
  ['a bound left out', order({ bounds: { north: 2, south: 1, east: 0 } }), /bounds\.west/],
  ['interpolation idw', order({ interpolation: 'idw 3' }), /nearest, bilinear, cubic/],
  ['upload without a file (pitfall 4)', order({ dem: 'upload' }), /dem must be/],
  ['a DEM that is not there (pitfall 4)', order({ dem: { file: join(folder, 'none.dem') } }), /does not exist/],
  ['a DEM that is a folder', order({ dem: { file: folder } }), /not a file/],
  ['an empty DEM (pitfall 4)', order({ dem: { file: empty } }), /is empty/],
  ['an empty DEM header (pitfall 4)', order({ dem: { file: dem, header: empty } }), /header is empty/],
  ['a DEM header that is not there', order({ dem: { file: dem, header: join(folder, 'none.hdr') } }), /does not exist/],
  ['a DEM of two bands', order({ dem: { file: dem, header: twoBands } }), /2 bands/],
  ['a DEM that was cut off', order({ dem: { file: dem, header: tooLarge } }), /640 bytes, but the DEM has 64/],
  ['a DEM without a header', order({ dem: { file: dem } }), /no ENVI header next to it/],
  ['a DEM header that is a word', order({ dem: { file: dem, header: header('word', () => 'hello\n') } }), /line ENVI/],
  ['a DEM header that is a page', order({ dem: { file: dem, header: header('page', () => '<html>') } }), /line ENVI/],
  [
    'a DEM header without ENVI',
    order({ dem: { file: dem, header: header('bare', without(/^ENVI\n/u)) } }),
    /line ENVI/,
  ],
  [
    'a DEM header without samples',
    order({ dem: { file: dem, header: header('s', without(/samples.*\n/u)) } }),
    /samples/,
  ],
  [
    'a DEM header without a type',
    order({ dem: { file: dem, header: header('t', without(/data type.*\n/u)) } }),
    /data type/,
  ],
  [
    'a DEM of complex numbers',
    order({ dem: { file: dem, header: header('c', (text) => text.replace('type = 4', 'type = 6')) } }),
    /cannot hold heights/,
  ],
  [
    'a DEM of another type',
    order({ dem: { file: dem, header: header('i', (text) => text.replace('type = 4', 'type = 2')) } }),
    /describes 32 bytes, but the DEM has 64/,
  ],
  ['a DEM without a place', order({ dem: { file: dem, header: header('m', without(/map info.*\n/u)) } }), /map info/],
  [
    'a DEM in metres',
    order({ dem: { file: dem, header: header('u', (text) => text.replace('Geographic Lat/Lon', 'UTM')) } }),
    /wants WGS84 latitude/,
  ],
  [
    'a DEM of another place',
    order({ dem: { file: dem, header: header('far', (text) => text.replace('-4.3, 50.4', '100, 10')) } }),
    /another place/,
  ],
  ['a word as a PROJ text', order({ projection: { proj: 'hello' } }), /PROJ text such as/],
  ['an EPSG code', order({ projection: { proj: 'EPSG:32630' } }), /write \+proj=utm \+zone=30 \+datum/],
  ['an EPSG code of the south', order({ projection: { proj: '+init=epsg:32705' } }), /\+zone=5 \+south/],
  ['the EPSG code of the grid', order({ projection: { proj: 'EPSG:27700' } }), /write UKBNG/],
  ['a PROJ text without proj', order({ projection: { proj: '+zone=30 +datum=WGS84' } }), /PROJ text such as/],
  ['a UTM zone that is none', order({ projection: { proj: '+proj=utm +zone=61' } }), /from 1 to 60/],
  [
    'a tenth of a millimetre',
    order({ projection: { proj: '+proj=utm +zone=30 +datum=WGS84' }, pixelSize: 0.0001 }),
    /pixelSize/,
  ],
  [
    'a tenth of a millimetre in kilometres',
    order({ projection: { proj: '+proj=utm +zone=30 +units=km' }, pixelSize: 0.0000001 }),
    /pixelSize/,
  ],
  ['a pixel of a degree', order({ projection: { proj: '+proj=longlat +datum=WGS84' }, pixelSize: 1 }), /pixelSize/],
  ['a DEM by pixel', order({ dem: { file: dem, header: pixelwise } }), /bip/],
  ['bandMath as text', order({ bandMath: 'on' }), /bandMath must be true or false/],
  ['a flight of another project (pitfall 1)', order({ flight: flight({ project: 'GB12_03' }) }), /of project GB12_03/],
  [
    'form fields of another project (pitfall 1)',
    order({ flight: flight({ form: { project: 'X', year: '2014', julianday: '217', sortie: 'None' } }) }),
    /of project/,
  ],
  [
    'form fields that break out',
    order({ flight: flight({ form: { project: 'GB13_08', year: '2014', julianday: '217;', sortie: 'None' } }) }),
    /use getFlight/,
  ],
  [
    'form fields of another day (pitfall 31)',
    order({ flight: flight({ form: { project: 'GB13_08', year: '2014', julianday: '218', sortie: 'None' } }) }),
    /contradict/,
  ],
  [
    'a day with its letter (pitfall 31)',
    order({ flight: { year: 2014, day: '163a' } }),
    /flight\.day must be a number/,
  ],
  ['day 0', order({ flight: { year: 2014, day: 0 } }), /day/],
  ['an empty sortie', order({ flight: { year: 2014, day: 217, sortie: '' } }), /one letter/],
  ['the sortie None', order({ flight: { year: 2014, day: 217, sortie: 'None' } }), /one letter/],
  ['a year of two digits', order({ flight: { year: 14, day: 217 } }), /year/],
  [
    'more lines than a form holds',
    order({ lines: Array.from({ length: 301 }, (_, at) => ({ name: `f${at + 10_000}` })) }),
    /not have more than 300/,
  ],
];

describe('an order that would do harm is refused before anything is sent', () => {
  test.each(dangerous)('%s', async (_what, bad, message) => {
    let requests = 0;
    const scops = new ScopsClient({
      baseUrl: 'https://scops.example/processor',
      project: 'GB13_08',
      password: 'secret',
      fetch: () => {
        requests += 1;
        return Promise.reject(new Error('nothing may be sent'));
      },
    });
    const failure: unknown = await rejection(scops.submit(bad as never));
    expect(failure).toSatisfy((error: unknown) => error instanceof TypeError || error instanceof RangeError);
    expect(String(failure)).toMatch(/scops\.submit: /u);
    expect(String(failure)).toMatch(message);
    expect(requests).toBe(0);
  });
});

describe('an id or name that would do harm is refused before anything is sent', () => {
  const names: [string, string][] = [
    ['a typed name (pitfall 3)', 'AAA_typo'],
    ['a name of another project (pitfall 1)', 'GB12_03_2014_217_20180307152824'],
    ['a project that begins with the own one (pitfall 1)', 'GB13_08_1_2014_217_20180307152824'],
    ['a path (pitfall 6)', 'GB13_08_2014_217_20180307152824/../x'],
    ['a pattern (pitfall 6)', 'GB13_08_2014_217_2018030715282?'],
    ['the name of the failure (pitfall 16)', '0'],
    ['a processing id (pitfall 30)', 'GB13_08_2014_21720180307152902'],
    ['nothing', ''],
  ];
  const ids: [string, string][] = [
    ['another project (pitfall 1)', 'GB12_03_2014_21720180307152902'],
    ['a star (pitfall 6)', 'GB13_08_2014_217*'],
    ['brackets (pitfall 6)', 'GB13_08_2014_2172018030715290[0-9]'],
    ['a way up (pitfall 6)', '../GB13_08_2014_21720180307152902'],
    ['an encoded way up (pitfall 6)', '..%2FGB13_08_2014_21720180307152902'],
    ['a config name (pitfall 30)', 'GB13_08_2014_217_20180307152824'],
    ['nothing', ''],
  ];
  let requests = 0;
  const client = (): ScopsClient =>
    new ScopsClient({
      baseUrl: 'https://scops.example/processor',
      project: 'GB13_08',
      password: 'secret',
      fetch: () => {
        requests += 1;
        return Promise.reject(new Error('nothing may be sent'));
      },
    });

  test.each(names)('as config name: %s', async (_what, name) => {
    const scops = client();
    const math = { equations: { ndvi: 'band1' } };
    const tries = [
      () => scops.confirm(name),
      () => scops.orderExists(name),
      () => scops.getBandMath(name),
      () => scops.submitBandMath(name, math),
      () => scops.findProcessingId({ configName: name, tag: 'sdc-12345678', submittedAt: new Date(0) }),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toThrow(TypeError);
    expect(requests).toBe(0);
  });

  test.each(ids)('as processing id: %s', async (_what, id) => {
    const scops = client();
    await expect(scops.getStatus(id)).rejects.toThrow(TypeError);
    await expect(scops.waitFor(id)).rejects.toThrow(TypeError);
    await expect(scops.getDemError(id)).rejects.toThrow(TypeError);
    await expect(scops.reuploadDem(id, { file: dem })).rejects.toThrow(TypeError);
    await expect(scops.open(id, 'f21701')).rejects.toThrow(TypeError);
    expect(() => scops.watch(id)).toThrow(TypeError);
    expect(() => scops.download(id, folder)).toThrow(TypeError);
    expect(requests).toBe(0);
  });

  test.each(['../x', 'f21701/..', 'a*', '', 'f 1'])('as product: %s', async (product) => {
    const scops = client();
    const id = 'GB13_08_2014_21720180307152902';
    await expect(scops.open(id, product)).rejects.toThrow(TypeError);
    expect(() => scops.download(id, folder, { products: [product] })).toThrow(TypeError);
    expect(requests).toBe(0);
  });
});
