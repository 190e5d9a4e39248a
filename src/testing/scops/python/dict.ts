/**
 * The order in which a dictionary of Python 2.7 (64 bit) gives its keys back. The project archive of a SCOPS order
 * depends on it, so the simulator reproduces it: string hash, open addressing, growth by four at two thirds.
 */
export function dictOrder(keys: Iterable<string>): string[] {
  let table = emptyTable(8);
  let used = 0;
  for (const key of keys) {
    if (!place(table, key)) continue;
    used += 1;
    if (used * 3 < table.length * 2) continue;
    const grown = emptyTable(sizeFor(used * 4));
    for (const old of table) if (old !== undefined) place(grown, old);
    table = grown;
  }
  return table.filter((key) => key !== undefined);
}

function emptyTable(size: number): (string | undefined)[] {
  return new Array<string | undefined>(size).fill(undefined);
}

function sizeFor(wanted: number): number {
  let size = 8;
  while (size <= wanted) size *= 2;
  return size;
}

/** Puts a key into its slot; false where it is there already. */
function place(table: (string | undefined)[], key: string): boolean {
  const mask = BigInt(table.length - 1);
  let perturb = hash(key);
  let index = perturb & mask;
  for (;;) {
    const slot = Number(index & mask);
    if (table[slot] === key) return false;
    if (table[slot] === undefined) {
      table[slot] = key;
      return true;
    }
    index = BigInt.asUintN(64, index * 5n + perturb + 1n);
    perturb >>= 5n;
  }
}

function hash(text: string): bigint {
  if (text === '') return 0n;
  let value = BigInt(text.charCodeAt(0)) << 7n;
  for (let at = 0; at < text.length; at += 1) {
    value = BigInt.asUintN(64, 1_000_003n * value) ^ BigInt(text.charCodeAt(at));
  }
  return value ^ BigInt(text.length);
}
