import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAncillary } from '../../../../src/testing/imap/names/ancillary.js';
import { classify, key2024 } from '../../../../src/testing/imap/names/classify.js';
import { serverDay } from '../../../../src/testing/imap/names/days.js';
import { readScience } from '../../../../src/testing/imap/names/science.js';
import { readSpice } from '../../../../src/testing/imap/names/spice.js';
const vectors = JSON.parse(readFileSync(new URL('../../../fixtures/imap-filenames.json', import.meta.url), 'utf8'));
const readers = {
    Science: (name) => readScience(name, 'science'),
    Quicklook: (name) => readScience(name, 'quicklook'),
    Dependency: (name) => readScience(name, 'dependency'),
    Ancillary: (name) => readAncillary(name, 'ancillary'),
    Release: (name) => readAncillary(name, 'release'),
    SPICE: readSpice,
};
const families = {
    ScienceFilePath: 'science',
    AncillaryFilePath: 'ancillary',
    SPICEFilePath: 'spice',
    QuicklookFilePath: 'quicklook',
    DependencyFilePath: 'dependency',
    ReleaseFilePath: 'release',
};
describe('the archive of the simulator reads names as the reference package does', () => {
    for (const [kind, entries] of Object.entries(vectors.classes)) {
        it.each(entries)(`${kind}: $name`, ({ name, ok, path }) => {
            const file = readers[kind]?.(name);
            expect(file?.key).toBe(ok ? path : undefined);
        });
    }
    it.each(vectors.dispatch)('dispatches $name to $file_path', ({ name, file_path }) => {
        expect(classify(name)?.family).toBe(families[file_path]);
    });
    it.each(vectors.dates)('reads the date "$in" as the server does', ({ in: text, valid }) => {
        expect(serverDay(text) !== undefined).toBe(valid);
    });
});
it('kernels of one root differ in their version only', () => {
    expect(readSpice('naif0012.tls')?.root).toBe('naif.tls');
    expect(readSpice('imap_2025_118_2025_120_009.ah.bc')?.root).toBe('imap_2025_118_2025_120_.ah.bc');
    expect(readSpice('imap_sclk_0032.tsc')?.root).toBe('imap_sclk_.tsc');
});
it('the archive of 2024 files kernels by suffix and knows neither majors nor ancillary files', () => {
    expect(key2024('anything.bsp')).toBe('spice/spk/anything.bsp');
    expect(key2024('imap_swe_l0_raw_20240105_v005.pkts')).toBe('imap/swe/l0/2024/01/imap_swe_l0_raw_20240105_v005.pkts');
    expect(key2024('imap_swe_l0_raw_20240105_v001.0005.pkts')).toBeUndefined();
    expect(key2024('imap_swe_l2a_sci_20240105_v005.cdf')).toBeUndefined();
    expect(key2024('imap_mag_test_20210101_v001.csv')).toBeUndefined();
});
