import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOrderable, sensorOf } from '../../../src/scops/names/lines.js';
import { candidateSeconds, msToStamp, stampToMs, zoneOffsetMs } from '../../../src/scops/clock/stamp.js';
import { parseConfigName, parseProcessingId } from '../../../src/scops/names/ids.js';
import { parseScopsMail } from '../../../src/scops/index.js';

const CONFIG = 'GB13_08_2014_217_20180307152824';
const ID = 'GB13_08_2014_21720180307152902';

describe('pitfall 30: the two kinds of names never pass for each other', () => {
  test('the examples of the notes', () => {
    expect(parseConfigName(CONFIG)).toEqual({ project: 'GB13_08', year: 2014, day: 217, stamp: '20180307152824' });
    expect(parseProcessingId(ID)).toEqual({ project: 'GB13_08', year: 2014, day: 217, stamp: '20180307152902' });
    expect(parseProcessingId('GB12_03_2014_219a20180307152902')).toMatchObject({ day: 219, sortie: 'a' });
    expect(parseConfigName('GB13_08_2014_67_20180307152824')).toMatchObject({ day: 67 });
    expect(parseConfigName(ID)).toBeUndefined();
    expect(parseProcessingId(CONFIG)).toBeUndefined();
  });
  test('of whatever project and day', () => {
    const project = fc.stringMatching(/^[A-Z]{2}\d\d(?:_\d\d)?$/u);
    const day = fc.integer({ min: 1, max: 366 });
    fc.assert(
      fc.property(project, day, (code, julian) => {
        const config = `${code}_2014_${julian}_20180307152824`;
        const id = `${code}_2014_${julian}20180307152824`;
        expect(parseConfigName(config, code)).toMatchObject({ project: code, day: julian });
        expect(parseProcessingId(id, code)).toMatchObject({ project: code, day: julian });
        expect(parseProcessingId(config, code)).toBeUndefined();
        expect(parseConfigName(id, code)).toBeUndefined();
      }),
    );
  });
  test('pitfall 6: nothing but letters, digits and _ is an id', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const one of [`${ID}${text}`, `${text}${ID}`, `GB13_08_2014_217${text}20180307152902`]) {
          if (parseProcessingId(one, 'GB13_08') !== undefined) expect(one).toMatch(/^[A-Za-z0-9_]+$/u);
        }
      }),
    );
  });
});

describe('pitfall 13: which lines can be ordered', () => {
  test.each([
    ['f21701', true, 'fenix'],
    ['o219a01', true, 'owl'],
    ['e219a01', false, 'eagle'],
    ['h219a01', false, 'hawk'],
    ['x21701', true, 'unknown'],
    ['f217c', false, 'fenix'],
  ])('%s', (name, orderable, sensor) => {
    expect(isOrderable(name)).toBe(orderable);
    expect(sensorOf(name)).toBe(sensor);
  });
});

describe('mails', () => {
  const base = 'https://nerc-arf-dan.pml.ac.uk';
  test('1: the confirmation', () => {
    const url = `${base}/processor/confirm/${CONFIG}?project=GB13_08`;
    expect(parseScopsMail(`Please confirm: ${url}.\nreference ${CONFIG}`)).toEqual({
      kind: 'confirm',
      configName: CONFIG,
      url,
    });
  });
  test('2 and 3: begun and complete', () => {
    const begun = `${base}/processor/status/${ID}?&project=GB13_08`;
    expect(parseScopsMail(`<a href="${begun}">`)).toEqual({ kind: 'status', processingId: ID, url: begun });
    const done = `${base}/processor/downloads/${ID}?&project=GB13_08`;
    expect(parseScopsMail(`(${done})`)).toEqual({ kind: 'complete', processingId: ID, url: done });
  });
  test('pitfall 22: the link of the DEM error is repaired', () => {
    expect(parseScopsMail(`${base}/dem_error/${ID}?project=GB13_08`)).toEqual({
      kind: 'dem-error',
      processingId: ID,
      url: `${base}/processor/dem_error/${ID}?project=GB13_08`,
    });
    const whole = `${base}/processor/dem_error/${ID}?project=GB13_08`;
    expect(parseScopsMail(whole).url).toBe(whole);
  });
  test('raw messages and HTML spelling', () => {
    const raw = `Content-Transfer-Encoding: quoted-printable\n\n${base}/processor/status/${ID.slice(0, 9)}=\n${ID.slice(9)}?&project=3DGB13_08`;
    expect(parseScopsMail(raw).processingId).toBe(ID);
    expect(parseScopsMail(`${base}/processor/status/${ID}?&amp;project=GB13_08`).url).not.toContain('amp');
  });
  test.each([
    '',
    'hello',
    `${base}/processor/status/..%2Fx?project=a`,
    `${base}/processor/confirm/${ID}?project=a`,
    `${base}/processor/status/${CONFIG}?project=a`,
  ])('no link of an order: %j', (text) => {
    expect(() => parseScopsMail(text)).toThrow(TypeError);
  });
});

describe('clocks', () => {
  test('stamps go there and back', () => {
    expect(msToStamp(stampToMs('20180307152824'))).toBe('20180307152824');
    expect(stampToMs('20180307152824')).toBe(Date.parse('2018-03-07T15:28:24Z'));
  });
  test('zones know summer time', () => {
    expect(zoneOffsetMs(new Date('2018-03-07T12:00:00.500Z'), 'Europe/London')).toBe(0);
    expect(zoneOffsetMs(new Date('2018-07-07T12:00:00Z'), 'Europe/London')).toBe(3_600_000);
    expect(zoneOffsetMs(new Date('2018-07-07T00:30:00Z'), 'America/New_York')).toBe(-4 * 3_600_000);
  });
  test('the first seconds of each minute come first, the seconds before the first minute last', () => {
    const at = (text: string): number => Date.parse(`2018-03-07T${text}Z`);
    const found = candidateSeconds({ fromMs: at('15:28:58'), toMs: at('15:30:02') }).map((ms) =>
      msToStamp(ms).slice(8),
    );
    expect(found.slice(0, 3)).toEqual(['152900', '152901', '152902']);
    expect(found[10]).toBe('152910');
    expect(found.slice(11, 14)).toEqual(['153000', '153001', '153002']);
    expect(found[14]).toBe('152911');
    expect(found.slice(-2)).toEqual(['152858', '152859']);
    expect(new Set(found).size).toBe(65);
    expect(candidateSeconds({ fromMs: 5_000, toMs: 4_000 })).toEqual([]);
  });
});
