/**
 * Smooths the coefficients of one level in place: differences follow the sums of their neighbours, as far as those rise or fall
 * steadily and by no more than `change`. Coefficients at the edge stay.
 */
export function smoothed(values: Float64Array, height: number, width: number, rowLength: number, change: number): void {
  const at = (place: number): number => values[place] ?? 0;
  /** The slope between three sums, times 8, where it is steady. */
  const slope = (place: number, distance: number, target: number): void => {
    const [before, here, after] = [at(place - distance), at(place), at(place + distance)];
    const most = Math.max(Math.min(after - here, here - before), 0) * 4;
    const least = Math.min(Math.max(after - here, here - before), 0) * 4;
    if (least < most) adjust(values, target, Math.max(Math.min(after - before, most), least), 8, change);
  };
  for (let row = 2; row < height - 2; row += 2)
    for (let column = 0; column < width; column += 2) {
      const place = row * rowLength + column;
      slope(place, 2 * rowLength, place + rowLength);
    }
  for (let row = 0; row < height; row += 2)
    for (let column = 2; column < width - 2; column += 2) {
      const place = row * rowLength + column;
      slope(place, 2, place + 1);
    }
  for (let row = 2; row < height - 2; row += 2)
    for (let column = 2; column < width - 2; column += 2)
      curvature(values, row * rowLength + column, rowLength, change);
}

function curvature(values: Float64Array, place: number, rowLength: number, change: number): void {
  const at = (neighbour: number): number => values[neighbour] ?? 0;
  const [above, below] = [place - 2 * rowLength, place + 2 * rowLength];
  const [mm, pm, mp, pp] = [at(above - 2), at(below - 2), at(above + 2), at(below + 2)];
  const [here, x, y] = [at(place), 2 * at(place + rowLength), 2 * at(place + 1)];
  const most = room(pp - here, here - pm, here - mp, mm - here, x, y) * 16;
  const least = -room(here - pp, pm - here, mp - here, here - mm, -x, -y) * 16;
  if (least < most)
    adjust(values, place + rowLength + 1, Math.max(Math.min(pp + mm - mp - pm, most), least), 64, change);
}

/** How far a curvature may rise between four diagonal differences and the two slopes; with all signs turned, how far it may fall. */
function room(pp: number, pm: number, mp: number, mm: number, x: number, y: number): number {
  return Math.min(Math.max(pp, 0) - x - y, Math.max(pm, 0) + x - y, Math.max(mp, 0) - x + y, Math.max(mm, 0) + x + y);
}

/** Moves a coefficient towards what its neighbours tell (times a factor). */
function adjust(values: Float64Array, place: number, wanted: number, factor: number, change: number): void {
  const value = values[place] ?? 0;
  const difference = Math.trunc((wanted - value * factor) / factor);
  values[place] = value + Math.max(Math.min(difference, change), -change);
}
