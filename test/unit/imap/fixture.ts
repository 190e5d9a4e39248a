import { readFileSync } from 'node:fs';

/** Shape of `test/fixtures/imap-filenames.json`, made with the Python package imap-data-access 1.1.0. */
export interface NameVector {
  name: string;
  ok: boolean;
  fields?: Record<string, unknown>;
  path?: string;
  reason?: string;
}

export interface NameFixture {
  classes: Record<'Science' | 'Ancillary' | 'SPICE' | 'Quicklook' | 'Dependency' | 'Release', NameVector[]>;
  dispatch: { name: string; file_path: string; input: string }[];
  versions: {
    in: string;
    major?: number | null;
    minor?: number;
    str?: string;
    error?: string;
    valid: boolean;
    science: boolean;
    minor_only: boolean;
  }[];
  dates: { in: string; valid: boolean }[];
  generate: { call: string; name?: string; path?: string; error?: string; reason?: string }[];
  paths_with_dirs: { in: string; fields: Record<string, unknown>; path: string }[];
  valid_for_start_date: { name: string; date: string; valid: boolean }[];
  version_sorted: string[];
}

export const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/imap-filenames.json', import.meta.url), 'utf8'),
) as NameFixture;

/** Names that the reference accepts although it should not (pitfall 22); only the compatibility switch takes them. */
export const LAX_ONLY = new Set([
  'imap_1000_100_1000_100_01.ap.bc.bak',
  'imap_2025_122_2025_122_01.spinner',
  'imap_2025_366_2025_366_01.ah.bc',
]);
