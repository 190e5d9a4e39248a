/**
 * Decodes PLIO_1: runs of zeros and of one value, which other words set, raise and lower.
 *
 * `undefined`: the words are no such list.
 */
export function plioDecoded(words: Int16Array, count: number): Int32Array<ArrayBuffer> | undefined {
  const result = new Int32Array(count);
  const old = words[2] ?? 0;
  const length = old > 0 ? old : ((words[4] ?? 0) << 15) + (words[3] ?? 0);
  const first = old > 0 ? 3 : (words[1] ?? 0);
  if (words.length < 3 || length > words.length || first < 3) return undefined;
  let [at, value] = [0, 1];
  for (let next = first; next < length && at < count; next += 1) {
    const word = words[next] ?? 0;
    const [code, data] = [word >> 12, word & 4095];
    const end = Math.min(count, at + data);
    if (code === 0) at = end;
    else if (code === 4) {
      result.fill(value, at, end);
      at = end;
    } else if (code === 5) {
      if (data > 0 && at + data <= count) result[at + data - 1] = value;
      at = end;
    } else if (code === 1) {
      next += 1;
      value = ((words[next] ?? 0) << 12) + data;
    } else if (code === 2 || code === 3) value += code === 2 ? data : -data;
    else if (code === 6 || code === 7) {
      value += code === 6 ? data : -data;
      result[at] = value;
      at += 1;
    } else return undefined;
  }
  return result;
}
