import { describe, expect, it } from 'vitest';
import { dateObsMicros, fileStamp, firstSlotFrom, isStrictDateTime, jsocTime, printMicros, readMicros, } from '../../../../src/testing/hmi/times.js';
describe('slots of the simulated HMI service', () => {
    it.each([
        [1005572, false, '2015-12-11T18:22:08.800000Z'],
        [1005573, false, '2015-12-11T18:34:08.800000Z'],
        [1005598, false, '2015-12-11T23:34:08.800000Z'],
        [1010166, true, '2016-01-19T01:10:08.400000Z'],
    ])('slot %i has the published DATE-OBS', (index, nearRealTime, text) => {
        expect(printMicros(dateObsMicros(index, nearRealTime))).toBe(text);
    });
    it('follows the leap seconds of 2015-07-01 and 2017-01-01 (pitfall 21)', () => {
        const offset = (index) => (Date.UTC(1993, 0, 1) + index * 720_000) * 1000 - dateObsMicros(index, false);
        expect(offset(slotOf('2015-06-30'))).toBe((35 + 75.2) * 1e6);
        expect(offset(slotOf('2015-07-02'))).toBe((36 + 75.2) * 1e6);
        expect(offset(slotOf('2016-12-31'))).toBe((36 + 75.2) * 1e6);
        expect(offset(slotOf('2017-01-02'))).toBe((37 + 75.2) * 1e6);
    });
    it('prints the slot time in the form of JSOC', () => {
        expect(jsocTime(1005598)).toBe('2015.12.11_23:36:00_TAI');
        expect(jsocTime(1010166)).toBe('2016.01.19_01:12:00_TAI');
    });
    it('finds the first slot at or after a moment', () => {
        expect(firstSlotFrom(dateObsMicros(1005598, false), false)).toBe(1005598);
        expect(firstSlotFrom(dateObsMicros(1005598, false) + 1, false)).toBe(1005599);
        expect(firstSlotFrom(dateObsMicros(1005598, false) - 1, false)).toBe(1005598);
    });
});
describe('times in texts', () => {
    it('has no or six fraction digits, like isoformat()', () => {
        expect(printMicros(readMicros('2016-05-26T15:39:51Z') ?? 0)).toBe('2016-05-26T15:39:51Z');
        expect(printMicros(readMicros('2016-01-20T05:41:33.750935Z') ?? 0)).toBe('2016-01-20T05:41:33.750935Z');
        expect(printMicros(readMicros('2016-01-20T05:41:33.000001Z') ?? 0)).toBe('2016-01-20T05:41:33.000001Z');
    });
    it('truncates in file names', () => {
        expect(fileStamp(readMicros('2015-12-11T18:22:08.799999Z') ?? 0)).toBe('20151211182208');
        expect(fileStamp(readMicros('2016-01-19T01:10:08.400000Z') ?? 0)).toBe('20160119011008');
    });
    it.each([
        ['2015-12-11', '2015-12-11T00:00:00Z'],
        ['2015-12-11T01:02', '2015-12-11T01:02:00Z'],
        ['2015-12-11 01:02:03', '2015-12-11T01:02:03Z'],
        ['2015-12-11T01:02:03.4567', '2015-12-11T01:02:03.456700Z'],
        ['2015-12-11T01:02:03+02:30', '2015-12-10T22:32:03Z'],
        ['2015-12-11T01:02:03-01:00', '2015-12-11T02:02:03Z'],
    ])('reads %s', (text, same) => {
        expect(printMicros(readMicros(text) ?? Number.NaN)).toBe(same);
    });
    it.each(['', 'yesterday', '2015-13-01', '2015-02-30', '2015-12-11T25:00:00Z', '2015-12-11T00:00:00 00:00'])('does not read %j', (text) => {
        expect(readMicros(text)).toBeUndefined();
    });
    it('takes RFC 3339 with a zone for strict, and nothing less', () => {
        expect(isStrictDateTime('2015-12-11T00:00:00Z')).toBe(true);
        expect(isStrictDateTime('2015-12-11T00:00:00.123456+01:00')).toBe(true);
        expect(isStrictDateTime('2015-12-11')).toBe(false);
        expect(isStrictDateTime('2015-12-11T00:00:00')).toBe(false);
        expect(isStrictDateTime('2015-02-30T00:00:00Z')).toBe(false);
    });
});
function slotOf(day) {
    return Math.floor((Date.parse(day) - Date.UTC(1993, 0, 1)) / 720_000);
}
