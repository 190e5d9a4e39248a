/** The first line of a datalog. */
export const HEADER = 'time,file,measurement_id,state,message';

/**
 * What a line of a datalog can say of a file, in the usual order. `sending`, `replacing` and `rerunning` are written before the SCC is asked to do it,
 * so that a start after a kill knows what may have been done. `later`: nothing was taken, and the file is tried again.
 */
export const STEPS = [
  'replacing',
  'sending',
  'rerunning',
  'uploaded',
  'processing',
  'done',
  'failed',
  'later',
] as const;

export type Step = (typeof STEPS)[number];

/** One line of a datalog. */
export interface DatalogLine {
  readonly time: Date;
  /** The name of the file, without its folder. */
  readonly file: string;
  /** Absent as long as the file could not be read. */
  readonly measurementId?: string | undefined;
  readonly step: Step;
  readonly message: string;
}

export function formatLine({ time, file, measurementId = '', step, message }: DatalogLine): string {
  return `${[time.toISOString(), file, measurementId, step, message].map(cell).join(',')}\n`;
}

/** One record a line, whatever a message or a name holds; quoted as in RFC 4180. */
function cell(text: string): string {
  const plain = text.replace(/\s*[\r\n]+\s*/gu, ' ');
  return /[",]/u.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Reads a line; `undefined` for one that was torn or damaged, and for the header. */
export function parseLine(text: string): DatalogLine | undefined {
  const cells = cellsOf(text.replace(/^\u{FEFF}/u, '').replace(/\r$/u, ''));
  const [time = '', file = '', measurementId = '', word, message] = cells ?? [];
  const step = STEPS.find((one) => one === word);
  if (file === '' || step === undefined || message === undefined) return undefined;
  return {
    // One that cannot be read, since somebody edited the file, is long ago.
    time: new Date(Number.isNaN(Date.parse(time)) ? 0 : Date.parse(time)),
    file,
    ...(measurementId !== '' && { measurementId }),
    step,
    message,
  };
}

/** The cells of a line; `undefined` where a quoted one does not end. */
function cellsOf(line: string): string[] | undefined {
  const cells: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/uy;
  while (pattern.lastIndex <= line.length) {
    const found = pattern.exec(line);
    if (found === null) return undefined;
    const [, quoted, bare = '', end] = found;
    cells.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '') return cells;
  }
  return undefined;
}
