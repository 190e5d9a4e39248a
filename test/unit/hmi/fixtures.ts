import { readFileSync } from 'node:fs';
import { decodeRecord } from '../../../src/hmi/decode/record.js';
import type { HmiRecord } from '../../../src/hmi/types.js';

/** One of the published answers, see test/contract/hmi/fixtures/README.md. */
export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../contract/hmi/fixtures/${name}`, import.meta.url), 'utf8'));
}

export function rows(name: string): Record<string, unknown>[] {
  const value = fixture(name);
  if (!Array.isArray(value)) throw new Error('no list');
  return value as Record<string, unknown>[];
}

export function decode(row: unknown, series = 'asked_for'): HmiRecord {
  return decodeRecord(row, { series, address: (link) => link, path: '$[0]' });
}

export function decodeAll(name: string, series?: string): HmiRecord[] {
  return rows(name).map((row) => decode(row, series));
}

/** A record of generation 3, shifted by whole slots. */
export function record(slot: number, changes: Record<string, unknown> = {}): HmiRecord {
  const base = Date.UTC(2015, 11, 11, 23, 34, 8, 800) + (slot - 1_005_598) * 720_000;
  const recnum = 5_605_571 + slot;
  const [row] = rows('g3-list.json');
  return decode({
    ...row,
    recnum,
    t_rec_index: slot,
    date__obs: new Date(base).toISOString().replace('Z', '000Z'),
    urls: [`http://cluster-r730-1:8001/HMI/hmi.sharp_720s/${recnum}/magnetogram.fits`],
    ...changes,
  });
}
