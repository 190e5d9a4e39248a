// What the query of the IMAP service answers.

export const ROWS = 15_000;

/** The text of an answer of so many rows. */
export function queryAnswer(rows = ROWS) {
  return JSON.stringify(Array.from({ length: rows }, (_, index) => row(index)));
}

function row(index) {
  const day = String((index % 28) + 1).padStart(2, '0');
  const version = `v001.${String(index % 10_000).padStart(4, '0')}`;
  return {
    file_path: `imap/swe/l1b/2026/01/imap_swe_l1b_sci-${index}_202601${day}-repoint${String(index % 100_000).padStart(5, '0')}_${version}.cdf`,
    instrument: 'swe',
    data_level: 'l1b',
    descriptor: `sci-${index}`,
    start_date: `202601${day}`,
    repointing: index % 100_000,
    major_version: 1,
    minor_version: index % 10_000,
    version,
    extension: 'cdf',
    ingestion_date: `202601${day} 12:50:12`,
    cr: null,
    crid: null,
    released: true,
  };
}
