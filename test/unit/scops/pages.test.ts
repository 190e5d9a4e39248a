import { expect, test } from 'vitest';
import { parsePage } from '../../../src/core/html/page.js';
import { UnexpectedResponse } from '../../../src/errors.js';
import { readBandMathPage } from '../../../src/scops/pages/band-math-page.js';
import { readDemReason, readDetails } from '../../../src/scops/pages/status-page.js';
import type { ReadPage } from '../../../src/scops/pages/read-page.js';
import { isRequestPage, readRequestPage } from '../../../src/scops/pages/request-page.js';

// Shapes of section 18 of the protocol notes, mistakes in the markup included.
const REQUEST = `<h1>Submit processing job for Project Code: GB13_08 Julian Day: 217 Year: 2014 </h1>
<form class="form-horizontal" action="progress" method="post" enctype="multipart/form-data" onsubmit="return a > b">
 <td><input type="checkbox" id="line_checkboxes" name="f21701_line_check" checked=""></td><td>&nbsp</td><td>f21701</td>
 <select name="f21701_band_start"><option value="1">1(380.0nm)</option><option value="2">2(490.5nm)</option></select>
 <select name="f21701_band_stop"><option value="1">1(380.0nm)</option><option value="2" selected=''>2(490.5nm)</option></select>
 <input type="file" name="file" value""> <input type="file" name="header_file" value="">
 <input type="radio" name="projectionRadios" value="UTM zone 30N" >
 <input type="radio" name="projectionRadios" value="UKBNG" checked="">
 <input type="radio" name="projectionRadios" value="proj_string"> <input type="text" name="projString" placeholder="proj">
 <select name="pixel_size_x"><option >0.5</option> <option selected>2.0</option> <option >7.0</option></select>
 <input id="bound_n" name="bound_n" onblur="x()" value=50.36 > <input id="bound_n" name="bound_s" value=50.3>
 <input name="bound_e" value=-4.1> <input name="bound_w" value=-4.25 >
 <input type="hidden" name="julianday" value="217"> <input type="hidden" name="sortie" value="None">
 <input type="hidden" name="year" value="2014"> <input type="hidden" name="project" value="GB13_08">
</form>`;
const BAND_MATH = `<select id="bandselector"><option value=1>1(380.0nm)</option><option value=band2>2(490.5nm)</option></select>
<form class="form-horizontal" action="req" method="post">
 <h4 class="list-group-item-heading">f21701</h4>
 <input type="checkbox" id="f21701_ndvi" name="f21701_ndvi"> ndvi
 <input type="checkbox" id="f21701_spectral_angle" name="f21701__spectral_angle"> spectral_angle
 <input type="hidden" name="source" value="GB13_08_2014_217_20180307152824">
 <input type="hidden" name="lev1_mapped" value="lev1">
 <input type="hidden" name="project" value="GB13_08"
 <div id="equations">
 <input type="hidden" name="equation_flag_ndvi" id="equation_flag_ndvi" value="(band253-band170)/(band253+band170)">
 <input type="hidden" name="plugin_flag_spectral_angle" id="plugin_flag_spectral_angle" value="spectral_angle">
</form>`;
const read = async (html: string): Promise<ReadPage> => ({
  page: await parsePage(html),
  init: { centre: 'scops', operation: 'scops.test' },
  what: 'the page',
});

test('pitfall 25: the request page is read by names, whatever its markup', async () => {
  expect(readRequestPage(await read(REQUEST))).toEqual({
    project: 'GB13_08',
    year: 2014,
    day: 217,
    lines: [
      {
        name: 'f21701',
        sensor: 'fenix',
        orderable: true,
        bands: [
          { number: 1, wavelengthNm: 380 },
          { number: 2, wavelengthNm: 490.5 },
        ],
      },
    ],
    bounds: { north: 50.36, south: 50.3, east: -4.1, west: -4.25 },
    projections: ['UTM zone 30N', 'UKBNG'],
    isUk: true,
    defaultProjection: 'UKBNG',
    utmZone: '30N',
    pixelSizes: [0.5, 2, 7],
    optimalPixelSize: 2,
    form: { project: 'GB13_08', year: '2014', julianday: '217', sortie: 'None' },
  });
});

test('a flight without a zone has no usable projection, one without a selected size no optimal one', async () => {
  const without = REQUEST.replace('"UTM zone 30N" ', '"utm" checked=""')
    .replace(/.*"UKBNG".*/u, '')
    .replace(' selected>2.0', ' >2.0');
  const flight = readRequestPage(await read(without));
  expect(flight.projections).toEqual([]);
  expect(flight).not.toHaveProperty('defaultProjection');
  expect(flight).not.toHaveProperty('optimalPixelSize');
});

test('an optimal size that cannot be selected is taken from the words of the page', async () => {
  const words = `${REQUEST.replace(' selected>2.0', ' >2.0')}<p>Optimal pixel size: 1.75</p>`;
  expect(readRequestPage(await read(words)).optimalPixelSize).toBe(1.75);
});

test.each([
  ['name="year"', 'input[name="year"]'],
  ['name="julianday"', 'input[name="julianday"]'],
  ['f21701_line_check', 'input[name$="_line_check"]'],
  ['f21701_band_start', 'select[name="f21701_band_start"]'],
  ['pixel_size_x', 'select[name="pixel_size_x"]'],
  ['name="bound_n"', 'input[name="bound_n"]'],
])('a request page without %s is named with what is missing', async (part, selector) => {
  const cut = await read(REQUEST.replace(part, 'name="x"'));
  expect(() => readRequestPage(cut)).toThrow(UnexpectedResponse);
  expect(() => readRequestPage(cut)).toThrow(selector);
});

test('pitfall 11: only the form is a request page', async () => {
  expect(isRequestPage((await read(REQUEST)).page)).toBe(true);
  expect(isRequestPage((await read('<h1>Project not found!</h1>')).page)).toBe(false);
  expect(isRequestPage((await read('<form action="login"><input name="project"></form>')).page)).toBe(false);
});

test('pitfall 25: the band-maths page is read although an input swallows the next element', async () => {
  expect(readBandMathPage(await read(BAND_MATH))).toEqual({
    configName: 'GB13_08_2014_217_20180307152824',
    lines: ['f21701'],
    bands: [
      { number: 1, wavelengthNm: 380 },
      { number: 2, wavelengthNm: 490.5 },
    ],
    equations: { ndvi: '(band253-band170)/(band253+band170)' },
    plugins: ['spectral_angle'],
  });
});

test.each([
  ['name="source"', 'input[name="source"]'],
  ['f21701_', '<line>_<equation>'],
])('a band-maths page without %s is named with what is missing', async (part, selector) => {
  const cut = await read(BAND_MATH.replaceAll(part, 'name="x"'));
  expect(() => readBandMathPage(cut)).toThrow(selector);
});

test('the details of a status page are its rows', async () => {
  const table =
    '<table id="process_details_table"><tr><td>Projection</td><td>UKBNG</td></tr><tr><td>projstring</td><td></td></tr></table>';
  expect(readDetails((await read(table)).page)).toEqual({ projection: 'UKBNG', projstring: '' });
  expect(readDetails((await read('<p>x</p>')).page)).toBeUndefined();
});

test('the DEM error page must be of the id that was asked for', async () => {
  const page = await read(
    '<h2>Issue details</h2><p>The dem is too small</p><input type="hidden" name="proj" value="ID_1">',
  );
  expect(readDemReason(page, 'ID_1')).toBe('The dem is too small');
  expect(() => readDemReason(page, 'ID_2')).toThrow(UnexpectedResponse);
});
