import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../../src/core/html/page.js';
import { BOTH_LINES, FENIX, FENIX_ORDER, Site } from './support.js';

const PAGE = 'jobrequest?day=217&year=2014';

describe('the request page', () => {
  it('holds lines, bands, hidden values and defaults of the flight', async () => {
    const html = await new Site().text(PAGE);
    const form = (await parsePage(html)).first('form[action=progress]');
    expect(html).toContain('<h1>Submit processing job for Project Code: GB13_08 Julian Day: 217 Year: 2014 </h1>');
    const value = (name: string) => form?.first(`input[name=${name}]`)?.attr('value');
    expect(['project', 'year', 'julianday', 'sortie'].map(value)).toEqual(['GB13_08', '2014', '217', 'None']);
    expect(form?.all('select[name=f21701_band_start] option')).toHaveLength(20);
    expect(form?.all('select[name=f21702_band_stop] option')).toHaveLength(22);
    expect(form?.first('select[name=f21701_band_start] option')?.text).toBe('1(380.0nm)');
    expect(form?.first('select[name=f21701_band_stop] option[selected]')?.text).toBe('20(2500.0nm)');
    const checked = form?.all('input[type=radio]').filter((radio) => radio.attr('checked') !== undefined);
    expect(checked?.map((radio) => radio.attr('value'))).toEqual(['aster', 'UKBNG', 'nearest']);
    expect(form?.all('select[name=pixel_size_x] option[selected]').map((o) => o.text)).toEqual(['2.0']);
    expect(form?.all('select[name=pixel_size_y] option')).toHaveLength(14);
  });

  it('is not well formed (pitfall 25)', async () => {
    const html = await new Site().text(PAGE);
    expect(html).toContain('<input id="bound_n" name="bound_n" onblur="check_bounds()" value=50.36 >');
    expect(html).toContain('value=50.3>');
    expect(html).toContain('<input type="file" name="file" value"">');
    expect(html).toContain('<td>&nbsp</td>');
    expect(html).toContain('</input>');
    expect(html).toMatch(/<\/tbody>\s*<\/div>\s*<\/table>/u);
    expect(html).toContain('<p>Masking <p>');
  });

  it('selects no pixel size where the optimal one is not among them (pitfall 14)', async () => {
    const site = new Site();
    site.project = 'GB12_03';
    const root = parse(await site.text('jobrequest?day=219&year=2014&sortie=a'));
    expect(root.querySelectorAll('select[name=pixel_size_x] option[selected]')).toHaveLength(0);
    expect(root.text).toContain('Optimal pixel size: 1.75');
    expect(root.querySelectorAll('input[name$=_line_check]').map((box) => box.getAttribute('name'))).toEqual(
      ['e', 'f', 'h', 'o'].map((sensor) => `${sensor}219a01_line_check`),
    );
  });

  it('offers the zone outside the United Kingdom, and the value "utm" without any zone (pitfall 18)', async () => {
    const far = { ...FENIX, bounds: { north: -10, south: -10.1, east: -150.1, west: -150.2 } };
    const zoned = await new Site({ data: { flights: [{ ...far, project: 'GB13_08', day: 1 }] } }).text(
      'jobrequest?day=1&year=2014',
    );
    expect(zoned).toContain('name="projectionRadios" value="UTM zone 5S" checked=""');
    expect(zoned).not.toContain('UKBNG');
    const none = { ...far, utmZone: null, project: 'GB13_08', day: 1 };
    expect(await new Site({ data: { flights: [none] } }).text('jobrequest?day=1&year=2014')).toContain(
      'name="projectionRadios" value="utm" checked=""',
    );
  });

  it('prints twelve digits on a host of 2018 and all of them today', async () => {
    const flight = { ...FENIX, project: 'GB13_08', bounds: { ...FENIX.bounds, north: 50.36123456789012 } };
    const data = { flights: [flight] };
    const path = 'jobrequest?day=67&year=2014';
    expect(await new Site({ data, host: '2018' }).text(path)).toContain('value=50.3612345679 >');
    expect(await new Site({ data }).text(path)).toContain('value=50.36123456789012 >');
  });

  it('of generation a answers every failure with 200', async () => {
    const missing = { ...FENIX, project: 'GB13_08', delivered: false };
    const single = { ...FENIX, project: 'GB13_08', day: 5, lines: FENIX.lines.slice(1) };
    const site = new Site({ generation: 'a', data: { flights: [missing, single] } });
    for (const query of ['day=218&year=2014', 'day=abc&year=2014', 'day=217', 'day=217&year=2014&sortie=a']) {
      const answer = await site.get(`jobrequest?${query}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('<h1>Project not found!</h1>');
    }
    expect(await site.text('jobrequest?day=67&year=2014')).toContain('<h1>Delivery not found!</h1>');
    expect((await site.get('jobrequest?day=5&year=2014')).status).toBe(500);
    expect(await site.text('jobrequest?day=0217&year=2014')).toContain('action="progress"');
  });

  it('of generation a may tell another optimal pixel at each load', async () => {
    const site = new Site({ generation: 'a' });
    const loads = [await site.text(PAGE), await site.text(PAGE)];
    expect(loads.map((html) => /Optimal pixel size: ([\d.]+)/.exec(html)?.[1])).toEqual(['2.0', '2.5']);
  });
});

describe('the band-maths page', () => {
  it('holds source, equations, plugins and ticks, and a hidden field that is not closed (pitfall 25)', async () => {
    const site = new Site();
    const name = await site.ordered({}, BOTH_LINES);
    const html = await site.text(`bandratio/${name}`);
    expect(html).toContain(`<input type="hidden" name="source" value="${name}">`);
    expect(html).toContain('<input type="hidden" name="project" value="GB13_08"\n<div id="equations">');
    for (const tick of ['f21701_ndvi', 'f21702_ndwi', 'f21702__spectral_angle']) {
      expect(html).toContain(`name="${tick}"`);
    }
    expect(html).toContain(
      'name="equation_flag_ndvi" id="equation_flag_ndvi" value="(band253-band170)/(band253+band170)"',
    );
    expect(html).toContain('name="plugin_flag_spectral_angle"');
    expect(html).toContain('<option value=1>1(380.0nm)</option>');
    expect(html.match(/<option /g)).toHaveLength(20);
  });

  it('writes band<N> into its selector in generation a, and knows no plugins there', async () => {
    const site = new Site({ generation: 'a' });
    const html = await site.text(`bandratio/${await site.ordered()}`);
    expect(html).toContain('<option value=band1>');
    expect(html).not.toContain('plugin_flag');
  });

  it.each(['percent', 'no line', 'unknown line'])('is 500 for a config with %s', async (what) => {
    const site = new Site();
    const name = await site.ordered(
      what === 'percent'
        ? {}
        : what === 'no line'
          ? { f21701_line_check: undefined }
          : { f21701_line_check: undefined, f9_line_check: 'on', f9_band_start: '1', f9_band_stop: '2' },
    );
    if (what === 'percent') site.sim.operator.writeConfig(name, '[DEFAULT]\nproject_code = %\n\n');
    expect((await site.get(`bandratio/${name}`)).status).toBe(500);
  });
});

describe('POST /bandratio/req', () => {
  const form = (source: string) => ({ source, lev1_mapped: 'lev1', project: 'GB13_08' });

  it('stores equations, plugins and ticks, in lower case', async () => {
    const site = new Site();
    const name = await site.ordered({ bandratio: 'on' }, BOTH_LINES);
    const answer = await site.post('bandratio/req', {
      ...form(name),
      equation_flag_NDVI: '(band5-band3)/(band5+band3)',
      f21701_NDVI: 'x',
      plugin_flag_spectral_angle: 'spectral_angle',
      f21702__spectral_angle: 'on',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/processor/success']);
    const config = site.config(name);
    expect(config).toContain('\neq_ndvi = (band5-band3)/(band5+band3)\nplugin_spectral_angle = spectral_angle\n');
    expect(config).toContain('\nbandratioset = True\n');
    expect(config).toContain('[f21701]\nprocess = true\nband_range = 1-20\neq_ndvi = True\n');
    expect(config).toContain('band_range = 1-22\nplugin_spectral_angle = True\n');
  });

  it.each([
    ['an equation whose name is part of another field (pitfall 33)', { equation_flag_pro: 'band1' }, 500],
    ['an equation called lev1', { equation_flag_lev1: 'band1' }, 500],
    [
      'an equation that is part of another',
      { equation_flag_a1: 'band1', equation_flag_a12: 'band2', f21701_a12: '1' },
      500,
    ],
    ['a percent sign', { equation_flag_zz: 'band1%2' }, 500],
    ['an unknown line', { equation_flag_zz: 'band1', f21709_zz: 'on' }, 500],
    [
      'a plugin tick with one underscore',
      { plugin_flag_spectral_angle: 'spectral_angle', f21701_spectral_angle: 'on' },
      500,
    ],
    ['lev1_mapped=mapped', { lev1_mapped: 'mapped' }, 500],
    ['no lev1_mapped', { lev1_mapped: undefined }, 400],
    ['no source', { source: undefined }, 400],
    ['a semicolon, which nobody checks here', { equation_flag_zz: 'band1;band2' }, 302],
  ])('%s', async (_name, changes, status) => {
    const site = new Site();
    const name = await site.ordered({ bandratio: 'on' });
    const before = site.config(name);
    expect((await site.post('bandratio/req?project=GB13_08', { ...form(name), ...changes })).status).toBe(status);
    if (status !== 302) expect(site.config(name)).toBe(before);
  });

  it('an unknown source without ticks leaves a stub, with ticks it is 500 (pitfall 3)', async () => {
    const site = new Site();
    const equation = { equation_flag_zz: 'band1' };
    expect((await site.post('bandratio/req', { ...form('typo'), ...equation, f21701_zz: 'on' })).status).toBe(500);
    expect(site.sim.configs.has('typo')).toBe(false);
    expect((await site.post('bandratio/req', { ...form('typo'), ...equation })).status).toBe(302);
    expect(site.config('typo')).toBe('[DEFAULT]\neq_zz = band1\nbandratioset = True\n\n');
  });

  it('a later post adds and replaces, and removes nothing', async () => {
    const site = new Site();
    const name = await site.ordered({ bandratio: 'on' });
    await site.post('bandratio/req', { ...form(name), equation_flag_zz: 'band1', equation_flag_yy: 'band2' });
    await site.post('bandratio/req', { ...form(name), equation_flag_zz: 'band3' });
    expect(site.config(name)).toContain('\neq_zz = band3\neq_yy = band2\n');
  });
});

describe('the status page', () => {
  it('tells stages, sizes, links and the details that prove an order', async () => {
    const site = new Site();
    const id = await site.submitted({ projString: 'tag-42', bound_n: '50.3600' });
    site.sim.clock.advance(120_000);
    const html = await site.text(`status/${id}`);
    const root = parse(html);
    expect(root.querySelector('#f21701_status_ind')?.text).toBe('Stage: complete');
    expect(root.querySelector('#f21701_progress_indicator')?.getAttribute('style')).toBe('width: 95.0%;');
    expect(html).toContain(
      `href="https://scops.simulated/processor/downloads/${id}/f21701?&amp;project=GB13_08" class="pull-right btn btn-sm btn-primary active"`,
    );
    expect(html).toContain(`window.setInterval(update_status, 10000, "${id}", "GB13_08")`);
    const rows = root
      .querySelectorAll('#process_details_table tr')
      .map((row) => row.querySelectorAll('td').map((c) => c.text));
    expect(rows).toEqual([
      ['projection', 'UKBNG'],
      ['pixel size', '2.0 2.0'],
      ['bounds', '50.3600 -4.1 50.3 -4.25'],
      ['interpolation', 'nearest'],
      ['projstring', 'tag-42'],
      ['dem', 'aster'],
    ]);
  });

  it('activates "Download all" for nought of nought products (pitfall 20)', async () => {
    const site = new Site();
    const name = await site.ordered({ optionsDemRadios: 'upload' });
    await site.get(`confirm/${name}`);
    site.sim.clock.advance(65_000);
    const id = site.sim.processingIds[0] ?? '';
    expect(await site.json(id)).toEqual({});
    expect(await site.text(`status/${id}`)).toMatch(/class="pull-right btn btn-sm btn-primary active">Download all/);
  });

  it.each([
    ['b', 'ERROR: ERROR - aplcorr'],
    ['c', 'ERROR: Geo-correction'],
  ] as const)('words an error by its mode: generation %s', async (generation, words) => {
    const lines = FENIX.lines.map((line) => ({ ...line, fails: 'aplcorr' as const }));
    const site = new Site({ generation, data: { flights: [{ ...FENIX, lines }] } });
    site.project = 'GB14_00';
    const id = await site.submitted({}, FENIX_ORDER);
    site.sim.clock.advance(120_000);
    expect(await site.text(`status/${id}`)).toContain(`id="f06701_status_ind">${words}</h4>`);
    expect((await site.json(id)).f06701).toMatchObject({ flag: true, progress: 15 });
  });
});
