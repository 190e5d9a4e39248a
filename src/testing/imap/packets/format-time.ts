const FIELDS = /'([^']*)'|(y+|M+|d+|D+|H+|m+|s+|S+)/g;

/** Writes a moment with a Java date pattern, as the service's `formatTime` does. */
export function formatTime(pattern: string, ms: number): string {
  return pattern.replace(FIELDS, (_whole, quoted: string | undefined, field: string | undefined) => {
    if (field === undefined) return quoted === '' ? "'" : (quoted ?? '');
    return fieldOf(field, new Date(ms));
  });
}

function fieldOf(field: string, date: Date): string {
  const width = field.length;
  switch (field.charAt(0)) {
    case 'y':
      return String(date.getUTCFullYear()).padStart(width, '0');
    case 'M':
      return String(date.getUTCMonth() + 1).padStart(width, '0');
    case 'd':
      return String(date.getUTCDate()).padStart(width, '0');
    case 'D':
      return String(dayOfYear(date)).padStart(width, '0');
    case 'H':
      return String(date.getUTCHours()).padStart(width, '0');
    case 'm':
      return String(date.getUTCMinutes()).padStart(width, '0');
    case 's':
      return String(date.getUTCSeconds()).padStart(width, '0');
    default:
      return String(date.getUTCMilliseconds()).padStart(3, '0').padEnd(width, '0').slice(0, width);
  }
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}
