import { describe, expect, it } from 'vitest';
import { AncillaryFilePath, ReleaseFilePath } from '../../../src/imap/names/ancillary.js';
import { parseDay } from '../../../src/imap/names/days.js';
import { InvalidImapFileName } from '../../../src/imap/names/invalid.js';
import { parseImapFileName } from '../../../src/imap/names/parse.js';
import { DependencyFilePath, QuicklookFilePath, ScienceFilePath } from '../../../src/imap/names/science.js';
import { SpiceFilePath } from '../../../src/imap/names/spice.js';
import { Version } from '../../../src/imap/names/version.js';
import { fixture, LAX_ONLY } from './fixture.js';
const caught = (work) => {
    try {
        work();
        return undefined;
    }
    catch (error) {
        return error;
    }
};
/** The object's fields under the names of the reference. */
function scienceFields(file) {
    return {
        filename: file.name,
        mission: file.mission,
        instrument: file.instrument,
        data_level: file.dataLevel,
        descriptor: file.descriptor,
        start_date: file.startDate,
        repointing: file.repointing ?? null,
        cr: file.cr ?? null,
        major_version: file.majorVersion ?? null,
        minor_version: file.minorVersion,
        extension: file.extension,
    };
}
function ancillaryFields(file) {
    return {
        filename: file.name,
        mission: file.mission,
        instrument: file.instrument,
        descriptor: file.descriptor,
        start_date: file.startDate,
        end_date: file.endDate ?? null,
        version: file.version,
        extension: file.extension,
    };
}
function spiceFields(file) {
    const { type, version, startDate, endDate, extension, predictionStartDate } = file.metadata;
    return {
        filename: file.name,
        spice_metadata: {
            type,
            start_date: startDate ?? null,
            end_date: endDate ?? null,
            extension,
            ...(type === 'earth_attitude' ? {} : { version: version ?? null }),
            ...(predictionStartDate !== undefined && { prediction_start_date: predictionStartDate }),
        },
    };
}
function checkClass(vectors, read, fields) {
    for (const vector of vectors) {
        if (LAX_ONLY.has(vector.name))
            continue;
        if (vector.ok) {
            expect(fields(vector.name), vector.name).toEqual(vector.fields);
            expect(read(vector.name).path()).toBe(vector.path);
        }
        else {
            const error = caught(() => read(vector.name));
            expect(error, vector.name).toBeInstanceOf(InvalidImapFileName);
            expect(error).toBeInstanceOf(TypeError);
            expect(error.reason, vector.name).toBe(vector.reason);
        }
    }
}
describe('file names agree with the reference package', () => {
    const { classes } = fixture;
    it('science names: fields, paths, refusals (parity 28, 29, 31)', () => {
        expect(classes.Science).toHaveLength(25);
        checkClass(classes.Science, (n) => new ScienceFilePath(n), (n) => scienceFields(new ScienceFilePath(n)));
    });
    it('quicklook and dependency names (parity 40, 44)', () => {
        checkClass(classes.Quicklook, (n) => new QuicklookFilePath(n), (n) => scienceFields(new QuicklookFilePath(n)));
        checkClass(classes.Dependency, (n) => new DependencyFilePath(n), (n) => scienceFields(new DependencyFilePath(n)));
    });
    it('ancillary and release names (parity 37, 42)', () => {
        checkClass(classes.Ancillary, (n) => new AncillaryFilePath(n), (n) => ancillaryFields(new AncillaryFilePath(n)));
        checkClass(classes.Release, (n) => new ReleaseFilePath(n), (n) => ancillaryFields(new ReleaseFilePath(n)));
    });
    it('kernel names (parity 33, 34, 35, 36)', () => {
        expect(classes.SPICE).toHaveLength(37);
        checkClass(classes.SPICE, (n) => new SpiceFilePath(n), (n) => spiceFields(new SpiceFilePath(n)));
    });
    it('kernel names in compatibility mode, without any departure (pitfall 22)', () => {
        for (const vector of classes.SPICE.filter(({ ok }) => ok)) {
            const file = new SpiceFilePath(vector.name, { lax: true });
            expect(spiceFields(file), vector.name).toEqual(vector.fields);
            expect(file.path()).toBe(vector.path);
        }
    });
    it('the general constructor finds the class', () => {
        for (const { name, file_path: expected } of fixture.dispatch) {
            const found = caught(() => parseImapFileName(name));
            const file = found === undefined ? parseImapFileName(name) : undefined;
            const wanted = LAX_ONLY.has(name) ? 'ValueError' : expected;
            expect(file === undefined ? 'ValueError' : file.constructor.name.replace('Spice', 'SPICE'), name).toBe(wanted);
            const lax = caught(() => parseImapFileName(name, { lax: true })) === undefined;
            expect(lax, name).toBe(expected !== 'ValueError');
        }
    });
    it('start-date validity at midnight (parity 29, 37)', () => {
        for (const { name, date, valid } of fixture.valid_for_start_date) {
            expect(parseImapFileName(name).isValidForStartDate(date), `${name} ${date}`).toBe(valid);
        }
    });
});
describe('dates', () => {
    it('are days of the calendar in eight digits; the laxer texts of the reference are refused (parity 30, pitfall 17)', () => {
        for (const { in: text, valid } of fixture.dates) {
            expect(parseDay(text) !== undefined, text).toBe(valid && /^[0-9]{8}$/.test(text));
        }
        expect(parseDay('00010101')).toBe(new Date('0001-01-01').getTime());
        expect(parseDay('20000229')).toBe(Date.UTC(2000, 1, 29));
        expect(parseDay('19000229')).toBeUndefined();
    });
});
describe('versions agree with the reference package', () => {
    it('text forms, validity, refusals (parity 43)', () => {
        for (const vector of fixture.versions) {
            expect(Version.isValid(vector.in), vector.in).toBe(vector.valid);
            expect(Version.isFull(vector.in)).toBe(vector.science);
            expect(Version.isMinorOnly(vector.in)).toBe(vector.minor_only);
            if (vector.error === undefined) {
                const version = Version.parse(vector.in);
                expect([version.major ?? null, version.minor, version.toString()]).toEqual([
                    vector.major,
                    vector.minor,
                    vector.str,
                ]);
            }
            else {
                expect(() => Version.parse(vector.in)).toThrow(TypeError);
                expect(Version.tryParse(vector.in)).toBeUndefined();
            }
        }
    });
    it('those without major part come first (parity 43)', () => {
        const shuffled = [...fixture.version_sorted].reverse().map((text) => Version.parse(text));
        expect(shuffled.sort(Version.compare).map(String)).toEqual(fixture.version_sorted);
        expect(Version.compare(Version.parse('v999'), Version.parse('v000.0000'))).toBeLessThan(0);
    });
    it('parts as text and out of range (parity 43)', () => {
        expect(new Version('v002', '0004').toString()).toBe('v002.0004');
        expect(new Version(undefined, 4).toString()).toBe('v004');
        expect(() => new Version(1000, 1)).toThrow(new RangeError('Version 1000 must be between 0 and 999'));
        expect(() => new Version(undefined, 2000)).toThrow('Version 2000 must be between 0 and 999');
        expect(() => new Version(1, 1.5)).toThrow(TypeError);
        expect(JSON.stringify({ version: new Version(1, 2) })).toBe('{"version":"v001.0002"}');
        expect(new Version(1, 2).equals(Version.parse('v001.0002'))).toBe(true);
    });
});
describe('building agrees with the reference package', () => {
    const mag = {
        instrument: 'mag',
        dataLevel: 'l0',
        descriptor: 'raw',
        startDate: '20210101',
        majorVersion: 0,
        minorVersion: 1,
    };
    const glows = { ...mag, instrument: 'glows', dataLevel: 'l3a', descriptor: 'test' };
    const calls = {
        'Science(mag,l1a,burst,20210101,0,1)': () => ScienceFilePath.generate({ ...mag, dataLevel: 'l1a', descriptor: 'burst' }),
        'Science(mag,l0,raw,20210101,0,1,repointing=1)': () => ScienceFilePath.generate({ ...mag, repointing: 1 }),
        'Science(mag,l0,raw,20210101,0,1,repointing=repoint00001)': () => ScienceFilePath.generate({ ...mag, repointing: 'repoint00001' }),
        "Science(...,repointing='1')": () => ScienceFilePath.generate({ ...mag, repointing: '1' }),
        'Science(glows,l3a,test,20210101,0,1,cr=23)': () => ScienceFilePath.generate({ ...glows, cr: 23 }),
        'Science(glows,l3a,test,20210101,0,1,cr=23,repointing=1)': () => ScienceFilePath.generate({ ...glows, cr: 23, repointing: 1 }),
        'Science(glows,l3a,test,20210101,0,1,cr=0)': () => ScienceFilePath.generate({ ...glows, cr: 0 }),
        'Science(...,major=1000)': () => ScienceFilePath.generate({ ...mag, majorVersion: 1000 }),
        'Science(...,minor=10000)': () => ScienceFilePath.generate({ ...mag, minorVersion: 10_000 }),
        'Science(mag,l1a,bu_rst,...)': () => ScienceFilePath.generate({ ...mag, dataLevel: 'l1a', descriptor: 'bu_rst' }),
        'Quicklook(mag,l0,test,20210101,0,1,png)': () => QuicklookFilePath.generate({ ...mag, extension: 'png' }),
        'Dependency(mag,l1a,test,20210101,0,1,json,repointing=1)': () => DependencyFilePath.generate({ ...mag, dataLevel: 'l1a', descriptor: 'test', repointing: 1 }),
        'Ancillary(mag,test,v001,cdf,20210101,20210102)': () => AncillaryFilePath.generate({
            instrument: 'mag',
            descriptor: 'test',
            version: 'v001',
            extension: 'cdf',
            startDate: '20210101',
            endDate: '20210102',
        }),
        'Release(hit,data-release-001,v001,txt,20260101,20260131)': () => ReleaseFilePath.generate({
            instrument: 'hit',
            descriptor: 'data-release-001',
            version: 'v001',
            startDate: '20260101',
            endDate: '20260131',
        }),
    };
    /** Departures (pitfall 23): a repointing that is no number and Carrington rotation 0 are refused, not dropped. */
    const departures = new Set(["Science(...,repointing='1')", 'Science(glows,l3a,test,20210101,0,1,cr=0)']);
    it.each(fixture.generate)('$call (parity 32)', ({ call, name, path, error, reason }) => {
        const build = calls[call];
        if (build === undefined)
            throw new Error(`no test for ${call}`);
        if (departures.has(call)) {
            expect(build).toThrow(InvalidImapFileName);
        }
        else if (name === undefined) {
            expect(build).toThrow(error === 'ValueError' ? RangeError : InvalidImapFileName);
            const failure = caught(build);
            if (failure instanceof InvalidImapFileName)
                expect(failure.reason).toBe(reason);
        }
        else {
            expect([build().name, build().path()]).toEqual([name, path]);
        }
    });
    it('without a major version the old form is built (parity 32)', () => {
        const { majorVersion: _left, ...old } = mag;
        expect(ScienceFilePath.generate(old).name).toBe('imap_mag_l0_raw_20210101_v001.pkts');
        expect(ScienceFilePath.generate({ ...old, version: 'v002.0003' }).name).toBe('imap_mag_l0_raw_20210101_v002.0003.pkts');
    });
    it('no part can smuggle in another part or a folder', () => {
        const base = { instrument: 'mag', version: 1, extension: 'csv', startDate: '20210102' };
        expect(() => AncillaryFilePath.generate({ ...base, descriptor: 'test_20210101' })).toThrow(InvalidImapFileName);
        expect(() => AncillaryFilePath.generate({ ...base, descriptor: '../x' })).toThrow(InvalidImapFileName);
        expect(() => ScienceFilePath.generate({ ...mag, descriptor: 'x/y' })).toThrow(InvalidImapFileName);
    });
});
describe('departures from the reference', () => {
    it('given directories never become part of a path (pitfall 21)', () => {
        for (const { in: given, path } of fixture.paths_with_dirs) {
            const base = given.slice(given.lastIndexOf('/') + 1);
            const ours = parseImapFileName(given).path();
            expect(ours).toBe(parseImapFileName(base).path());
            expect(ours).not.toBe(path);
        }
        expect(parseImapFileName('/etc/../x/naif0012.tls').path()).toBe('imap/spice/lsk/naif0012.tls');
        expect(parseImapFileName('C:\\data\\naif0012.tls').path()).toBe('imap/spice/lsk/naif0012.tls');
    });
    it('kernel names end where their extension ends, and days of year exist (pitfall 22)', () => {
        for (const name of LAX_ONLY) {
            expect(() => new SpiceFilePath(name), name).toThrow(InvalidImapFileName);
            expect(new SpiceFilePath(name, { lax: true }).name).toBe(name);
        }
        expect(new SpiceFilePath('imap_2024_366_2024_366_01.ah.bc').startDate).toBe('2024-12-31');
    });
    it('digits are ASCII digits (pitfall 17)', () => {
        expect(() => new ScienceFilePath('imap_mag_l1a_burst_٢٠٢١٠١٠١_v001.0001.cdf')).toThrow(InvalidImapFileName);
        expect(() => new ScienceFilePath('imap_mag_l1a_burst_20210101_v٠٠١.cdf')).toThrow(InvalidImapFileName);
    });
    it('names with control characters or a trailing newline are refused', () => {
        expect(() => new AncillaryFilePath('imap_mag_test_20210101_v001.csv\n')).toThrow(InvalidImapFileName);
        expect(() => new ScienceFilePath('imap_mag_l1a_bu\0rst_20210101_v001.0001.cdf')).toThrow(InvalidImapFileName);
        expect(() => parseImapFileName('')).toThrow(InvalidImapFileName);
    });
    it('the summary of a refused name says what is wrong with the nearest class', () => {
        const error = caught(() => parseImapFileName('imap_sdc_l1a_burst_20210101_v001.0001.cdf'));
        expect(error).toMatchObject({ reason: 'instrument', fileName: 'imap_sdc_l1a_burst_20210101_v001.0001.cdf' });
        expect(String(error)).toContain('Please choose from codice, glows, hi, hit');
        expect(caught(() => parseImapFileName('test.txt'))).toMatchObject({ reason: 'pattern' });
    });
});
