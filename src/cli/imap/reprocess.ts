import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import { withImap } from './open.js';
import { INSTRUMENTS } from './words.js';

/** `sdc imap reprocess`. */
export const reprocess: CommandSpec = {
  name: 'reprocess',
  summary: 'queue a date range for reprocessing',
  details: 'A data level requires an instrument and a descriptor; a descriptor requires an instrument.',
  options: [
    { flags: '--start-date <date>', text: 'YYYYMMDD', required: true },
    { flags: '--end-date <date>', text: 'YYYYMMDD, inclusive', required: true },
    { flags: '--instrument <name>', text: 'default all', suggestions: INSTRUMENTS },
    { flags: '--data-level <level>', text: 'l1a, l1b, …' },
    { flags: '--descriptor <text>', text: 'descriptor of the product' },
  ],
  examples: [
    ['sdc imap reprocess --start-date 20260101 --end-date 20260102 --instrument mag', 'two days of one instrument'],
  ],
  run: async (context) => {
    const { input, signal } = context;
    const answer = await withImap(context, (imap) =>
      imap.reprocess(
        {
          startDate: input.text('startDate') ?? '',
          endDate: input.text('endDate') ?? '',
          ...defined({
            instrument: input.text('instrument'),
            dataLevel: input.text('dataLevel'),
            descriptor: input.text('descriptor'),
          }),
        },
        { signal },
      ),
    );
    context.note(answer);
    await context.result('Successfully triggered reprocessing for the given parameters.', {
      status: 'triggered',
      answer,
    });
  },
};
