/** Bytes that a judge asks for: from an offset on, or the last ones of the file. */
export type Wanted = { readonly at: number; readonly bytes: number } | { readonly last: number };

/** What it gets; fewer bytes than it asked for where the file ends. */
export interface Piece {
  /** The offset of the first of these bytes in the file. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** What a format says of its own end. */
export type End =
  /** Nothing is missing when the file has at least this length; what follows is not part of the format. */
  | { readonly kind: 'at'; readonly bytes: number }
  | { readonly kind: 'cut'; readonly why: string }
  /** Its format does not say where it ends. */
  | { readonly kind: 'unknown' };

/**
 * Finds out from a file's own bytes where it must end. It only asks for later and later bytes, so that it serves files and
 * streams alike; `last` may be asked for once, at the end.
 */
export type EndJudge = () => EndSteps;

/** The steps of a judge, or of a part of one. */
export type EndSteps<T = End> = Generator<Wanted, T, Piece>;

/** The file ended in the middle of what a judge read. */
class EndsEarly extends Error {}

/**
 * Starts a judge, or hands it what it asked for.
 *
 * @returns what it asks for next, or its verdict.
 */
export function advance<T extends { readonly kind: string } = End>(
  steps: EndSteps<T>,
  asked?: { readonly wanted: Wanted; readonly piece: Piece },
): Wanted | T | Extract<End, { kind: 'cut' }> {
  try {
    const step = asked === undefined ? steps.next() : steps.next(asked.piece);
    if (step.done === true) return step.value;
    // Going back, as a loop in a damaged file would require, might never end.
    if (asked !== undefined && goesBack(asked.wanted, step.value))
      throw new EndsEarly('its records lead back to earlier ones');
    return step.value;
  } catch (error) {
    if (error instanceof EndsEarly) return { kind: 'cut', why: error.message };
    throw error;
  }
}

function goesBack(before: Wanted, wanted: Wanted): boolean {
  if ('last' in before || 'last' in wanted) return 'last' in before;
  return wanted.at < before.at || (wanted.at === before.at && wanted.bytes <= before.bytes);
}

export function* exactly(at: number, bytes: number): EndSteps<DataView> {
  const piece = yield { at, bytes };
  if (piece.bytes.byteLength < bytes) throw new EndsEarly(`it ends in the middle of the record at byte ${at}`);
  return viewOf(piece.bytes);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** An offset or a length of 4 or 8 bytes; not a safe integer where all bits are set, as formats write "none". */
export function wide(view: DataView, at: number, bytes: number, littleEndian = false): number {
  return bytes === 8 ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
}

/** The verdict on a file whose format says where it must end. */
export function endAt(bytes: number): End {
  if (Number.isSafeInteger(bytes) && bytes > 0) return { kind: 'at', bytes };
  return { kind: 'cut', why: 'it does not say where it ends' };
}

/** The complaint about a file of this length; `undefined` when nothing is missing. */
export function complaintOf(end: End, bytes: number): string | undefined {
  switch (end.kind) {
    case 'at':
      return end.bytes <= bytes ? undefined : `it must be ${end.bytes} bytes long, but ${bytes} came`;
    case 'cut':
      return end.why;
    case 'unknown':
      return 'a file of this kind does not say where it ends';
  }
}
