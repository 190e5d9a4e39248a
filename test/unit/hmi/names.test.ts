import { describe, expect, it } from 'vitest';
import { ReservedNames } from '../../../src/hmi/names/server-name.js';
import { uniqueFileName, uniqueNameOfLink } from '../../../src/hmi/names/unique-name.js';
import { decode, decodeAll, record, rows } from './fixtures.js';

const nameOf = (one = record(1)): string => uniqueFileName(one, one.files[0]?.url ?? '', one.files[0]?.segment);

describe('checklist 8: unique file names', () => {
  it('hold series, HARP, time, record and segment', () => {
    const [third] = decodeAll('g3-list.json');
    expect(nameOf(third)).toBe('hmi.sharp_720s.6178.20151211_233408.5605571.magnetogram.fits');
  });

  it('leave out what a generation does not tell', () => {
    const [second] = decodeAll('g2-list.json');
    expect(nameOf(second)).toBe('hmi.sharp_cea_720s_nrt.20160119_011008.1958485.conf_disambig.fits');
    const [first] = decodeAll('g1-list.json', 'sharp_720s');
    expect(nameOf(first)).toBe('sharp_720s.20151211_182208.fits');
  });

  it('tell files of generation 1 apart where the link says more than series and time', () => {
    const names = ['a', 'b'].map((tail) =>
      nameOf(decode({ date_obs: '2015-12-11T18:22:08.799999Z', url: `http://h/HMI/720/x_${tail}.fits` }, '720')),
    );
    expect(names).toEqual(['720.20151211_182208.x_a.fits', '720.20151211_182208.x_b.fits']);
  });

  it('do not change with float noise across a second', () => {
    const [row] = rows('g3-list.json');
    const noisy = decode({ ...row, date__obs: '2015-12-11T23:34:07.999999Z' });
    const clean = decode({ ...row, date__obs: '2015-12-11T23:34:08Z' });
    expect(nameOf(noisy)).toBe(nameOf(clean));
  });

  it('hide no path in a part', () => {
    const [row] = rows('g3-list.json');
    expect(nameOf(decode({ ...row, series_name: '../../etc' }))).toMatch(/^\.\.%2F\.\.%2Fetc\.6178/u);
  });

  it('are made of words, too, that end in half of a surrogate pair', () => {
    const [row] = rows('g3-list.json');
    expect(nameOf(decode({ ...row, series_name: 'sharp\uD83D' }))).toMatch(/^sharp%EF%BF%BD\.6178/u);
  });

  it.each([
    ['http://h/HMI/hmi.sharp_720s/5605571/magnetogram.fits', 'hmi.sharp_720s.5605571.magnetogram.fits'],
    ['http://h/HMI/s/1958485_20160119011008_Br.fits', 's.1958485.Br.fits'],
    ['http://h/HMI/sharp_720s/sharp_720s_20151211_182208', 'sharp_720s_20151211_182208.fits'],
    ['http://h/HMI/', 'hmi.fits'],
  ])('come from a link alone, too: %s', (url, name) => {
    expect(uniqueNameOfLink(url)).toBe(name);
  });

  it('pitfall 9: one name is given to one link only, on file systems without case, too', () => {
    const reserved = new ReservedNames();
    expect(reserved.reserve('Br.fits', 'u1')).toBe(true);
    expect(reserved.reserve('Br.fits', 'u1')).toBe(true);
    expect(reserved.reserve('br.fits', 'u2')).toBe(false);
  });
});
