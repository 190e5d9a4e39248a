/** What a bar shows of one file. */
export interface BarFacts {
  readonly verb: string;
  readonly name: string;
  /** From 0 to 1. */
  readonly progress: number;
  /** `100% of 6.0 MB (2/12 files)`, without the number. */
  readonly rest: string;
}

const WIDEST_BAR = 24;
const NARROWEST_BAR = 6;
const WIDEST_NAME = 40;
const NARROWEST_NAME = 14;

/** One line of a bar that fits into so many columns: first the bar gets narrower, then the name, then the verb goes. */
export function barText({ verb, name, progress, rest }: BarFacts, columns: number): string {
  const tail = `${String(Math.floor(progress * 100)).padStart(3)}% ${rest}`;
  // The last column stays empty: some terminals wrap as soon as it is written.
  const free = columns - 1 - tail.length - '[] '.length;
  const forBoth = free - `${verb}  `.length;
  if (forBoth < NARROWEST_BAR + NARROWEST_NAME)
    return `${joined(name, progress, free - 1)} ${tail}`.slice(0, columns - 1);
  return `${verb} ${joined(name, progress, forBoth)} ${tail}`;
}

function joined(name: string, progress: number, columns: number): string {
  const wanted = Math.min(name.length, WIDEST_NAME);
  const bar = Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR, columns - wanted));
  return `${shorten(name, Math.max(1, Math.min(wanted, columns - bar)))} ${drawn(progress, bar)}`;
}

/** `[=====-----]`. */
export function drawn(progress: number, columns: number): string {
  const done = Math.round(Math.min(Math.max(progress, 0), 1) * columns);
  return `[${'='.repeat(done)}${'-'.repeat(columns - done)}]`;
}

/** Long names keep their end, which tells files apart. */
function shorten(name: string, columns: number): string {
  return name.length <= columns ? name : `…${name.slice(name.length - columns + 1)}`;
}
