/** A control sequence, or one character. */
const TOKEN = new RegExp(String.raw`${'\u001B'}\[(\??)(\d*)([A-Za-z])|[\s\S]`, 'gu');

/** What a terminal of so many columns shows in the end: its lines, those that it wrapped in one piece. */
export function screen(output: string, columns: number): string[] {
  const rows: string[][] = [[]];
  const wrapped = new Set<number>();
  let [row, column] = [0, 0];
  const line = (): string[] => (rows[row] ??= []);
  const effects: Readonly<Record<string, (count: number) => void>> = {
    A: (count) => (row = Math.max(0, row - count)),
    B: (count) => (row += count),
    C: (count) => (column += count),
    D: (count) => (column = Math.max(0, column - count)),
    G: (count) => (column = count - 1),
    J: () => {
      line().splice(column);
      rows.splice(row + 1);
      for (const at of [...wrapped].filter((one) => one > row)) wrapped.delete(at);
    },
  };
  for (const [token, , count = '', effect = ''] of output.matchAll(TOKEN)) {
    if (token === '\r') column = 0;
    else if (token === '\n') row += 1;
    else if (effect === 'K') line().splice(count === '' || count === '0' ? column : 0);
    else if (effect !== '') effects[effect]?.(Number(count === '' ? 1 : count));
    else {
      if (column >= columns) {
        [row, column] = [row + 1, 0];
        wrapped.add(row);
      }
      const cells = line();
      while (cells.length < column) cells.push(' ');
      cells[column] = token;
      column += 1;
    }
  }
  const lines: string[] = [];
  for (const [at, cells] of [...rows].entries()) {
    const text = (cells ?? []).join('');
    if (wrapped.has(at)) lines.push(`${lines.pop() ?? ''}${text}`);
    else lines.push(text);
  }
  const shown = lines.map((text) => text.trimEnd());
  while (shown.at(-1) === '') shown.pop();
  return shown;
}
