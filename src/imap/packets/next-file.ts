import { join } from 'node:path';
import { exists } from '../../core/files/stat-file.js';
import type { ImapOperation } from '../context.js';
import { ScienceFilePath } from '../names/science.js';
import { queryFiles } from '../query/files.js';
import { isThere } from '../transfer/indexed.js';
import type { PacketRun } from './run.js';
import type { PacketWindow } from './windows.js';

/** At most this many numbers that are taken already are skipped. */
export const MAX_TAKEN = 100;

/** Where a file of packets goes. */
export function pathOf({ context }: ImapOperation, target: ScienceFilePath): string {
  return join(context.settings.dataDir, ...target.path().split('/'));
}

/**
 * The name with the next free number: one above the highest that queries show and above `after`; before an upload also
 * past those that exist without being shown, since public access lists released files only.
 */
export async function nextFile(
  op: ImapOperation,
  { instrument, upload }: PacketRun,
  window: PacketWindow,
  after: number,
): Promise<ScienceFilePath> {
  const { day, repointing } = window;
  const rows = await queryFiles(op, {
    instrument,
    dataLevel: 'l0',
    descriptor: 'raw',
    startDate: day,
    endDate: day,
    majorVersion: 1,
    ...(repointing !== undefined && { repointing }),
  });
  const numbers = rows.filter((row) => row.repointing === repointing).map((row) => row.minorVersion ?? 0);
  const name = (minorVersion: number): ScienceFilePath =>
    ScienceFilePath.generate({
      instrument,
      dataLevel: 'l0',
      descriptor: 'raw',
      startDate: day,
      majorVersion: 1,
      minorVersion,
      repointing,
    });
  let minor = Math.max(after, ...numbers, 0) + 1;
  for (let steps = 0; upload && steps < MAX_TAKEN; steps += 1) {
    if (await exists(pathOf(op, name(minor)))) break;
    if (!(await isThere(op, name(minor).path()))) break;
    minor += 1;
  }
  return name(minor);
}
