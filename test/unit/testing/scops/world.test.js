import { describe, expect, it } from 'vitest';
import { isComputable, maskArguments, outputProjection } from '../../../../src/testing/scops/host/commands.js';
import { labelOf, megabytesOf, progressOf, withUnit } from '../../../../src/testing/scops/host/progress.js';
import { parseMultipart } from '../../../../src/testing/scops/web/multipart.js';
import { Disk } from '../../../../src/testing/scops/world/disk.js';
import { Schedule } from '../../../../src/testing/scops/world/schedule.js';
import { logTime, stamp } from '../../../../src/testing/scops/world/stamp.js';
describe('the schedule', () => {
    it('runs what is due in the order of time, and what was asked first first', () => {
        const schedule = new Schedule(0);
        const ran = [];
        const note = (name) => () => ran.push(`${name}@${schedule.now}`);
        schedule.at(20, note('c'));
        schedule.at(10, note('a'));
        schedule.at(10, note('b'));
        schedule.at(31, note('d'));
        schedule.runUntil(30);
        expect(ran).toEqual(['a@10', 'b@10', 'c@20']);
        expect(schedule.now).toBe(30);
    });
    it('runs processes step by step, also those that begin on the way', () => {
        const schedule = new Schedule(0);
        const seen = [];
        schedule.start((function* () {
            for (let step = 0; step < 3; step += 1) {
                yield 10;
                seen.push(schedule.now);
            }
            yield Infinity;
            seen.push(-1);
        })());
        schedule.runUntil(15);
        expect(seen).toEqual([10]);
        schedule.runUntil(1000);
        expect(seen).toEqual([10, 20, 30]);
    });
});
describe('the disk', () => {
    it('resolves links, parents and patterns', () => {
        const disk = new Disk(() => 5);
        disk.makeFolder('/a/b');
        expect(disk.makeFolder('/a/b/')).toBe(false);
        expect(disk.hasFolder('/a/x/../b')).toBe(true);
        disk.write('/c/1.cfg', 'one');
        disk.link('/a/b/1.cfg', '/c/1.cfg');
        expect(disk.text('/a/b/1.cfg')).toBe('one');
        disk.write('/a/b/1.cfg', 'two');
        expect(disk.text('/c/1.cfg')).toBe('two');
        expect(disk.glob('/a/*/*.cfg')).toEqual(['/a/b/1.cfg']);
        expect(disk.glob('/a/x/../b/?.cfg')).toEqual(['/a/b/1.cfg']);
        expect(disk.glob('/a/*.cfg')).toEqual([]);
        expect(disk.read('/c/1.cfg')?.modified).toBe(5);
    });
});
describe('stamps', () => {
    const summer = Date.parse('2018-07-01T23:30:05.007Z');
    it('follow the zone of the server, summer time included', () => {
        expect(stamp(summer, 'UTC')).toBe('20180701233005');
        expect(stamp(summer, 'Europe/London')).toBe('20180702003005');
        expect(stamp(Date.parse('2018-01-01T00:00:00Z'), 'Europe/London')).toBe('20180101000000');
        expect(logTime(summer, 'UTC')).toBe('2018-07-01 23:30:05,007');
    });
});
describe('progress', () => {
    const percent = (n) => `x - INFO - Approximate percent complete: ${n}`;
    it.each([
        ['aplmap', [percent(50)], 70],
        ['aplmap', [percent(50), 'x - INFO - other'], 45],
        ['aplmap', ['x - INFO - other', percent(20), percent(40)], 65],
        ['aplmask', [percent(100)], 15],
        ['waiting', [percent(100)], 0],
        ['initialising', [], 0],
        ['waiting to zip', [], 95],
        ['complete', ['x'], 100],
        ['ERROR - aplmap', [percent(50)], 45],
        ['ERROR - projection not identified', [], 0],
    ])('at %s after %j is %d', (stage, lines, expected) => {
        expect(progressOf(stage, lines.join('\n'))).toBe(expected);
    });
    it.each([
        ['aplcorr', 'Geo-correction'],
        ['ERROR - aplmap', 'Mapping'],
        ['ERROR - projection not identified', 'Waiting to process'],
        ['initialising', 'Waiting to process'],
        ['complete', 'Complete'],
    ])('the label of %s is %s', (stage, label) => {
        expect(labelOf(stage)).toBe(label);
    });
    it('sizes change their unit above 500 MB', () => {
        expect(megabytesOf('a\nOutput file is 12.5 megabytes\n')).toBe(12.5);
        expect(megabytesOf('')).toBe(0);
        expect(withUnit(500)).toEqual({ size: 500, unit: 'MB' });
        expect(withUnit(512)).toEqual({ size: 0.5, unit: 'GB' });
    });
});
describe('commands', () => {
    it.each([
        ['uomnrqabcdef', '-flags 1 2 8 16 32 64 4 -onlymaskmethods M A B C D E F'],
        ['uo', '-flags 1 2'],
        ['ab', '-flags 4 -onlymaskmethods M A B'],
        ['', '-flags'],
        ['all', ''],
    ])('masks %s become %s', (masking, text) => {
        expect(maskArguments(masking, 'M')).toBe(text);
    });
    it.each([
        ['UTM zone 30N', '-outproj utm_wgs84N 30'],
        ['UTM zone 5S', '-outproj utm_wgs84 5'],
        ['UKBNG', '-outproj osng OSTN02_NTv2.gsb'],
        ['proj_string', '-outprojstr text'],
        ['utm', undefined],
        ['', undefined],
    ])('the projection %s becomes %s', (projection, text) => {
        expect(outputProjection(projection, () => 'text')).toBe(text);
    });
    it.each([
        ['(band2-band1)/(band2+band1)', true],
        ['sqrt(band1)**2 + 1e-3', true],
        ['where(band1 > 0, band1, 0)', true],
        ['band21', false],
        ['band0', false],
        ['Math.sqrt(band1)', false],
        ['(band1', false],
        [')band1(', false],
        ['12', true],
        ['', false],
    ])('%s can be worked out with 20 bands: %s', (equation, computable) => {
        expect(isComputable(equation, 20)).toBe(computable);
    });
});
describe('a multipart body', () => {
    const body = (text) => new TextEncoder().encode(text);
    const read = (text, type = 'multipart/form-data; boundary="x y"') => parseMultipart(body(text), type)?.map(({ name, fileName, bytes }) => [
        name,
        fileName,
        new TextDecoder().decode(bytes),
    ]);
    it('has texts, files, empty files and coded names', () => {
        const text = '--x y\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n2\r\n' +
            '--x y\r\ncontent-disposition: form-data; name="f"; filename="b%22c.dem"\r\nContent-Type: x/y\r\n\r\n--x\r\n' +
            '--x y\r\nContent-Disposition: form-data; name="g"; filename=""\r\n\r\n\r\n--x y--\r\n';
        expect(read(text)).toEqual([
            ['a', undefined, '1\r\n2'],
            ['f', 'b"c.dem', '--x'],
            ['g', '', ''],
        ]);
    });
    it.each(['', 'rubbish', '--x y\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'])('%j is none', (text) => {
        expect(read(text)).toBeUndefined();
    });
    it('needs a boundary', () => {
        expect(read('--x y--', 'multipart/form-data')).toBeUndefined();
    });
});
