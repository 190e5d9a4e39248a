/** A span of time for people: `350 ms`, `4 s`, `2.5 min`. */
export function duration(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  return `${(seconds / 60).toFixed(1)} min`;
}
