import type { IndexedFile } from '../archive/archive.js';
import { commaStamp, serverDay } from '../names/days.js';
import type { SpiceName } from '../names/types.js';
import { crash, json, pythonList, rows as rowsAnswer } from './answers.js';
import type { ApiCall } from './call.js';

export type TableFileType = 'spin' | 'repoint' | 'thruster';

interface TableFile {
  readonly file: SpiceName;
  readonly ingested: number;
}

const NAMES = ['file_path', 'start_date', 'end_date', 'latest', 'start_ingest_date', 'end_ingest_date'];

/** `/spin-table`, `/repoint-table`, `/small-forces-table` (section 9.2). */
export function tableFiles(
  call: ApiCall,
  type: TableFileType,
  parameters: ReadonlyMap<string, string> = call.parameters ?? new Map(),
): Response {
  let found = call.archive.rows().flatMap((row) => fileOf(row, type));
  for (const [name, value] of parameters) {
    if (!NAMES.includes(name)) {
      return json(`${name} is not a valid query parameter. Valid query parameters are: ${pythonList(NAMES)}`, 400);
    }
    if (name === 'file_path') found = found.filter(({ file }) => file.key === value);
    if (name === 'file_path' || name === 'latest') continue;
    const midnight = serverDay(value);
    if (midnight === undefined) return json(`Invalid value for ${name}: ${value}`, 400);
    found = found.filter((row) => within(row, name, midnight, type));
  }
  // The branch for the newest file reads a version that its statement did not select.
  if (parameters.get('latest')?.toLowerCase() === 'true') return crash();
  return rowsAnswer(
    call,
    found.map((row) => record(row, type)),
  );
}

function fileOf({ file, ingested }: IndexedFile, type: TableFileType): TableFile[] {
  return file.family === 'spice' && file.type === type ? [{ file, ingested }] : [];
}

/** As in SQL, a date that is not there fits no bound. `end_date` looks at the file's end; `start_date` means nothing to repoint files, which have none. */
function within({ file, ingested }: TableFile, name: string, midnight: number, type: TableFileType): boolean {
  switch (name) {
    case 'start_date':
      return type === 'repoint' || (file.start ?? Number.NaN) >= midnight;
    case 'end_date':
      return (file.end ?? Number.NaN) <= midnight;
    case 'start_ingest_date':
      return ingested >= midnight;
    default:
      return ingested <= midnight;
  }
}

function record({ file, ingested }: TableFile, type: TableFileType): Record<string, unknown> {
  return {
    file_path: file.key,
    ...(type === 'repoint' ? {} : { start_date: commaStamp(file.start ?? 0) }),
    end_date: commaStamp(file.end ?? 0),
    version: file.version ?? '',
    ingestion_date: commaStamp(ingested),
  };
}
