/**
 * The generations of the contract, the oldest first: what one has that the others have not. Answers do not say of which
 * generation they are, so each part of a record is read in the first form that it has, from the newest one back. A further
 * generation is an entry here.
 *
 * What they have in common is read by its name, and is absent where a generation lacks it: the first has neither record
 * number, HARP nor quality, the second no HARP; keywords come since the third with a list, since the fourth on their own.
 */
interface Generation {
  /** Column of the time of observation. */
  readonly time: string;
  /** Column of the links to the files; a list of them, or one. */
  readonly links: { readonly column: string; readonly isList: boolean };
  /** How the link of a file names record and segment. */
  readonly file?: LinkForm;
}

/** Reads the end of a link: the name of the file without its ending, and its folder below the series. */
type LinkForm = (stem: string, folder: string | undefined) => RecordSegment | undefined;

interface RecordSegment {
  readonly recnum: number;
  readonly segment: string;
}

/** `…/{recnum}_{time}_{segment}.fits` */
const inOneName: LinkForm = (stem) => {
  const parts = /^(\d+)_\d{14}_(.+)$/u.exec(stem);
  return parts === null ? undefined : { recnum: Number(parts[1]), segment: parts[2] ?? '' };
};

/** `…/{recnum}/{segment}.fits` */
const inFolder: LinkForm = (stem, folder) =>
  folder !== undefined && /^\d+$/u.test(folder) && stem !== '' ? { recnum: Number(folder), segment: stem } : undefined;

const GENERATIONS: readonly Generation[] = [
  // `…/HMI/sharp_720s/sharp_720s_20151211_182208`: series and time alone
  { time: 'date_obs', links: { column: 'url', isList: false } },
  { time: 'date__obs', links: { column: 'urls', isList: true }, file: inOneName },
  { time: 'date__obs', links: { column: 'urls', isList: true }, file: inFolder },
  { time: 'date__obs', links: { column: 'urls', isList: true }, file: inFolder },
];

/** Columns of the time of observation, the newest first. */
export const TIME_COLUMNS = [...new Set(GENERATIONS.map(({ time }) => time))].reverse();

/** Columns of links, the newest first. */
export const LINK_COLUMNS = [
  ...new Map(GENERATIONS.map(({ links }) => [links.column, links] as const)).values(),
].reverse();

/** What the link of a file says of its record, in the form of any generation; nothing in that of the first. */
export function recordSegmentOf(stem: string, folder: string | undefined): RecordSegment | undefined {
  for (const { file } of GENERATIONS) {
    const found = file?.(stem, folder);
    if (found !== undefined) return found;
  }
  return undefined;
}
