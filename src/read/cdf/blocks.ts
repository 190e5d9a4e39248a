import { mapConcurrent } from '../../core/util/concurrency.js';
import { budgetOf, chain, RECORD, type Records } from './records.js';

/** Records of a variable that lie together. */
export interface Block {
  /** The numbers of the first and of the last record. */
  readonly first: number;
  readonly last: number;
  /** Where its bytes begin, and how many there are. */
  readonly offset: number;
  readonly bytes: number;
  readonly isCompressed: boolean;
}

/** The blocks of a variable. */
export interface Blocks {
  /** Those with records from `first` to `last`, in their order; and the one before where `withPrevious` is set. */
  between(first: number, last: number, withPrevious: boolean): Promise<Block[]>;
}

/** An entry of a VXR record: leads to a block, or to more such entries. */
interface Entry {
  readonly first: number;
  readonly last: number;
  readonly offset: number;
  /** What is there, once somebody asked. */
  found?: Promise<Block | Entry[]>;
}

/** How many records are looked at at the same time. */
const AT_ONCE = 16;

/** The blocks that begin at this VXR record. Nothing is read before it is needed. */
export function blocksOf(records: Records, index: number | undefined): Blocks {
  const spend = budgetOf(records);
  const met = new Set<number>();
  let top: Promise<Entry[]> | undefined;

  const entriesAt = async (offset: number | undefined): Promise<Entry[]> => {
    const entries: Entry[] = [];
    for await (const fields of chain(records, offset, ['VXR'], spend)) {
      if (met.has(fields.offset)) throw records.error('the lists of blocks form a loop here', fields.offset);
      met.add(fields.offset);
      const [count, used] = [fields.int(), fields.int()];
      const [firsts, lasts] = [fields.ints(count), fields.ints(count)];
      for (let at = 0; at < count; at += 1) {
        const [first = -1, last = -1, block] = [firsts[at], lasts[at], fields.link()];
        if (at >= used || block === undefined) continue;
        if (first < 0 || last < first)
          throw records.error(`a block claims the records ${first} to ${last}`, fields.offset);
        entries.push({ first, last, offset: block });
      }
    }
    return entries.sort((a, b) => a.first - b.first);
  };

  const resolve = async ({ first, last, offset }: Entry): Promise<Block | Entry[]> => {
    const { size, type } = await records.head(offset);
    if (type === RECORD.VXR) return entriesAt(offset);
    if (type === RECORD.VVR)
      return { first, last, offset: offset + records.headBytes, bytes: size - records.headBytes, isCompressed: false };
    const extra = 4 + records.wideBytes;
    const fields = await records.read(offset, ['CVVR', 'VVR', 'VXR'], records.headBytes + extra);
    fields.skip(4);
    const bytes = fields.wide();
    if (bytes < 0 || bytes > size - records.headBytes - extra)
      throw records.error(`a block of ${size} bytes says that it holds ${bytes}`, offset);
    return { first, last, offset: offset + records.headBytes + extra, bytes, isCompressed: true };
  };

  const collect = async (
    entries: readonly Entry[],
    first: number,
    last: number,
    withPrevious: boolean,
    blocks: Block[],
  ): Promise<void> => {
    const needed = entries.filter((entry) => entry.first <= last && entry.last >= first);
    const previous = withPrevious ? entries.filter((entry) => entry.last < first).at(-1) : undefined;
    if (previous !== undefined) needed.push(previous);
    const look = (entry: Entry): Promise<Block | Entry[]> => (entry.found ??= resolve(entry));
    const inner: Entry[][] = [];
    for await (const found of mapConcurrent(needed, AT_ONCE, look))
      if (Array.isArray(found)) inner.push(found);
      else blocks.push(found);
    for (const list of inner) await collect(list, first, last, withPrevious, blocks);
  };

  return {
    between: async (first, last, withPrevious) => {
      top ??= entriesAt(index);
      const blocks: Block[] = [];
      await collect(await top, first, last, withPrevious, blocks);
      blocks.sort((a, b) => a.first - b.first);
      for (const [at, block] of blocks.entries()) {
        const before = blocks[at - 1];
        if (before !== undefined && before.last >= block.first)
          throw records.error(`two blocks contain record ${block.first}`, block.offset);
      }
      return blocks;
    },
  };
}
