import { writeAtomic } from '../../core/files/write-atomic.js';
import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import { withImap } from './open.js';

/** `sdc imap metakernel`. */
export const metakernel: CommandSpec = {
  name: 'metakernel',
  summary: 'make a SPICE metakernel for a time range, or list its kernels',
  details: 'The service needs up to a minute for this.',
  options: [
    { flags: '--start-time <time>', text: 'YYYYMMDD or ISO 8601 (UTC)', required: true },
    { flags: '--end-time <time>', text: 'YYYYMMDD or ISO 8601 (UTC)', required: true },
    { flags: '--spice-path <folder>', text: 'folder to prefix to the path of each kernel' },
    { flags: '--file-types <kinds>', text: 'only these kinds of kernels', many: true },
    { flags: '--require-coverage', text: 'fail if the time range is not fully covered, and list the gaps' },
    { flags: '--list-files', text: 'only the names of the kernels, one per line' },
    { flags: '--save <file>', text: 'write it to a file instead of printing it' },
  ],
  words: { startTime: '--start-time', endTime: '--end-time' },
  examples: [
    ['sdc imap metakernel --start-time 20260101 --end-time 20260102 --save imap.tm', 'two days, into a file'],
    ['sdc imap metakernel --start-time 20260101 --end-time 20260102 --list-files', 'the kernels it would contain'],
  ],
  run: async (context) => {
    const { input, signal, client } = context;
    const query = {
      startTime: input.text('startTime') ?? '',
      endTime: input.text('endTime') ?? '',
      requireCoverage: input.flag('requireCoverage'),
      ...defined({ spicePath: input.text('spicePath'), fileTypes: input.list('fileTypes') }),
    };
    const call = { signal, ...(client.timeoutMs === undefined && { timeoutMs: 120_000 }) };
    if (input.flag('listFiles')) {
      const names = await withImap(context, (imap) => imap.metakernel({ ...query, listFiles: true }, call));
      const text = names.map((name) => `${name}\n`).join('');
      const file = input.text('save');
      if (file !== undefined) await writeAtomic(file, text);
      else if (context.format === 'table') context.terminal.out(text);
      else await context.rows([{ name: 'file', value: (name: string) => name }], names);
      return;
    }
    const text = await withImap(context, (imap) => imap.metakernel({ ...query, listFiles: false }, call));
    const file = input.text('save');
    if (file === undefined) {
      context.terminal.out(text.endsWith('\n') ? text : `${text}\n`);
      return;
    }
    await writeAtomic(file, text);
    await context.result(`wrote the metakernel to ${file}`, { status: 'written', path: file });
  },
};
