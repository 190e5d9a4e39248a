import { describe, expect, it } from 'vitest';
import { AncillaryFilePath, selectAncillary } from '../../../src/imap/names/ancillary.js';
import { scienceNameParts } from '../../../src/imap/names/science-family.js';
import { CadenceFilePath, DependencyFilePath, ScienceFilePath } from '../../../src/imap/index.js';

const files = (...names: string[]): AncillaryFilePath[] => names.map((name) => new AncillaryFilePath(name));

describe('the ancillary file that applies to a day (pitfall 43)', () => {
  const open = 'imap_mag_l1b-cal_20250101_v001.cdf';
  const openLater = 'imap_mag_l1b-cal_20250601_v001.cdf';
  const bounded = 'imap_mag_l1b-cal_20250103_20250104_v002.cdf';

  it('an open-ended file lasts until the next open-ended one starts', () => {
    const all = files(open, openLater);
    expect(selectAncillary(all, '20250531')?.name).toBe(open);
    expect(selectAncillary(all, '20250601')?.name).toBe(openLater);
    expect(selectAncillary(all, '20241231')).toBeUndefined();
  });

  it('a bounded file holds to the end of its last day, and the highest version wins', () => {
    const all = files(open, bounded);
    expect(selectAncillary(all, '2025-01-04T23:59:59Z')?.name).toBe(bounded);
    expect(selectAncillary(all, '2025-01-05')?.name).toBe(open);
    const newer = 'imap_mag_l1b-cal_20250101_v003.cdf';
    expect(selectAncillary(files(open, bounded, newer), '20250103')?.name).toBe(newer);
  });
});

it('whole days count on request only (pitfall 53)', () => {
  const science = new ScienceFilePath('imap_mag_l1a_burst_20210101_v001.0001.cdf');
  expect(science.isValidForStartDate('2021-01-01T06:00:00Z')).toBe(false);
  expect(science.isValidForStartDate('2021-01-01T06:00:00Z', { wholeDay: true })).toBe(true);
  const bounded = new AncillaryFilePath('imap_mag_test_20210101_20210102_v001.csv');
  expect(bounded.isValidForStartDate('2021-01-02T01:00:00', { wholeDay: true })).toBe(true);
  expect(bounded.isValidForStartDate('2021-01-03T00:00:00', { wholeDay: true })).toBe(false);
});

it('components can be read without checks of their values (parity 28)', () => {
  expect(scienceNameParts('x/imap_sdc_l9_burst-1_20211399-cr00023_v001.foo')).toMatchObject({
    instrument: 'sdc',
    dataLevel: 'l9',
    descriptor: 'burst-1',
    startDate: '20211399',
    cr: 23,
    version: { minor: 1 },
    extension: 'foo',
  });
  expect(() => scienceNameParts('imap_mag_l1a_20210101_v001.0001.cdf')).toThrow('does not match expected pattern');
});

it('cadence files are dependency files', () => {
  expect(CadenceFilePath).toBe(DependencyFilePath);
  expect(String(new CadenceFilePath('imap_mag_l1a_test_20210101_v001.0001.json'))).toBe(
    'imap_mag_l1a_test_20210101_v001.0001.json',
  );
});
