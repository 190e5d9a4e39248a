/** How the API shows its records, where that differs from the usual: as databases and older servers do. */
export interface SimApiRecords {
  /** Flags as true and false (default), or as the 0 and 1 of the database. */
  readonly flags?: 'boolean' | 'number';
  /** Dates as `2021-06-01T09:30:00` (default), or with a blank in place of the `T`. */
  readonly dates?: 'T' | 'blank';
  /** Fields that records do not have, such as `elquick`. */
  readonly without?: readonly string[];
  /** Fields that records have besides, or other values for all of them: `{ eldamwl: 127 }`, `{ stop: null }`. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A record as the server shows it. */
export function shaped(record: Readonly<Record<string, unknown>>, shape: SimApiRecords = {}): Record<string, unknown> {
  const all = { ...record, ...shape.fields };
  const kept = Object.entries(all).filter(([name]) => shape.without?.includes(name) !== true);
  return Object.fromEntries(kept.map(([name, value]) => [name, shown(name, value, shape)]));
}

function shown(name: string, value: unknown, { flags, dates }: SimApiRecords): unknown {
  if (typeof value === 'boolean' && flags === 'number') return value ? 1 : 0;
  const isDate = (name === 'start' || name === 'stop') && typeof value === 'string';
  return isDate && dates === 'blank' ? value.replace('T', ' ') : value;
}
