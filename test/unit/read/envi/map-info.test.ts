import { expect, it } from 'vitest';
import { mapInfoOf, mapPosition, parseMapInfo, pixelPosition } from '../../../../src/read/envi/map-info.js';
import type { Attribute } from '../../../../src/read/types.js';

const cube = (text: string): { attributes: Record<string, Attribute> } => {
  const info = parseMapInfo(text.split(',').map((item) => item.trim()));
  return { attributes: info === undefined ? {} : { 'map info': { ...info } } };
};

const UTM = 'UTM, 1.000, 1.000, 432100.000, 5432100.000, 2.0e+000, 4, 30, North, WGS-84, units=Meters';

it('the items of map info have names', () => {
  expect(mapInfoOf(cube(`${UTM}, rotation=12.5`))).toEqual({
    projection: 'UTM',
    referenceSample: 1,
    referenceLine: 1,
    easting: 432100,
    northing: 5432100,
    sampleSize: 2,
    lineSize: 4,
    zone: 30,
    hemisphere: 'North',
    datum: 'WGS-84',
    units: 'Meters',
    rotation: 12.5,
  });
  expect(mapInfoOf(cube('Geographic Lat/Lon, 1, 1, -3.5, 41.25, 0.01, 0.01, WGS-84, units=Degrees'))).toMatchObject({
    easting: -3.5,
    northing: 41.25,
    datum: 'WGS-84',
    units: 'Degrees',
  });
});

it('northing falls from line to line, and the middle of the first pixel is half a pixel within', () => {
  expect(mapPosition(cube(UTM), { line: 0, sample: 0 })).toEqual({ easting: 432101, northing: 5432098 });
  expect(mapPosition(cube(UTM), { line: -0.5, sample: -0.5 })).toEqual({ easting: 432100, northing: 5432100 });
  expect(mapPosition(cube(UTM), { line: 10, sample: 3 })).toEqual({ easting: 432107, northing: 5432058 });
});

it('another reference pixel is tied to the map', () => {
  const tied = cube(UTM.replace('1.000, 1.000', '1.5, 11.5'));
  expect(mapPosition(tied, { line: 10, sample: 0 })).toEqual({ easting: 432100, northing: 5432100 });
});

it('a turned cube is turned about its reference pixel, the way GDAL does', () => {
  const turned = cube(`${UTM}, rotation=90`);
  const { easting, northing } = mapPosition(turned, { line: 9.5, sample: -0.5 });
  expect([easting, northing]).toEqual([expect.closeTo(432120, 6), expect.closeTo(5432100, 6)]);
});

it.each([UTM, `${UTM}, rotation=-33.3`, UTM.replace('1.000, 1.000', '7.25, 3.5')])(
  '%s leads back to the pixel',
  (text) => {
    const pixel = { line: 123, sample: 45 };
    const found = pixelPosition(cube(text), mapPosition(cube(text), pixel));
    expect(found).toEqual({ line: expect.closeTo(123, 6) as number, sample: expect.closeTo(45, 6) as number });
  },
);

it.each(['', 'UTM, 1, 1', 'UTM, 1, 1, east, north, 2, 2', 'UTM, , 1, 1, 1, 1, 1'])('%j is not a map info', (text) => {
  expect(() => mapPosition(cube(text), { line: 0, sample: 0 })).toThrow(RangeError);
});
