import { readFileSync } from 'node:fs';
export const fixture = JSON.parse(readFileSync(new URL('../../fixtures/imap-filenames.json', import.meta.url), 'utf8'));
/** Names that the reference accepts although it should not (pitfall 22); only the compatibility switch takes them. */
export const LAX_ONLY = new Set([
    'imap_1000_100_1000_100_01.ap.bc.bak',
    'imap_2025_122_2025_122_01.spinner',
    'imap_2025_366_2025_366_01.ah.bc',
]);
