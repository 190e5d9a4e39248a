import type { PacketFile, PacketSource } from '../../imap/index.js';
import { DOWNLOAD_OPTIONS } from '../command/common-options.js';
import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import { UsageError } from '../command/usage-error.js';
import { downloadOptions, sayFile, Transfers } from '../command/transfer.js';
import { withImap } from './open.js';
import { INSTRUMENTS } from './words.js';

const MODES = ['ert', 'sct'] as const;
const ORDERS = ['time', 'service'] as const;

/** `sdc imap webpoda`. */
export const webpoda: CommandSpec = {
  name: 'webpoda',
  summary: 'download raw packets from the packet service, one file per day',
  options: [
    { flags: '--instrument <name>', text: 'instrument', choices: INSTRUMENTS, required: true },
    { flags: '--start-date <date>', text: 'first day, YYYYMMDD', required: true },
    { flags: '--end-date <date>', text: 'last day, YYYYMMDD; default the first' },
    {
      flags: '--query-mode <mode>',
      text: 'how days are counted: ert (earth-received time), or sct (spacecraft time, default)',
      choices: MODES,
    },
    { flags: '--repointing-file <file>', text: 'one file per pointing in this table, instead of one per day' },
    { flags: '--upload', text: 'also upload each file to the Science Data Center' },
    {
      flags: '--order <order>',
      text: 'time (default), or service: byte for byte as the service sends them',
      choices: ORDERS,
    },
    ...DOWNLOAD_OPTIONS,
  ],
  examples: [['sdc imap webpoda --instrument swapi --start-date 20251112 --end-date 20251113', 'two days']],
  run: async (context) => {
    const { input } = context;
    const first = dayOf(input.text('startDate') ?? '', '--start-date');
    const last = dayOf(input.text('endDate') ?? input.text('startDate') ?? '', '--end-date');
    const base = {
      instrument: input.choice('instrument', INSTRUMENTS) ?? '',
      startTime: `${first}T00:00:00Z`,
      endTime: `${last}T23:59:59.999999Z`,
      upload: input.flag('upload'),
    };
    const transfers = new Transfers(context);
    const fetched = await withImap(context, (imap) =>
      context.progress('downloading', async ({ onProgress }) => {
        const options = {
          ...downloadOptions(context, onProgress),
          ...defined({ order: input.choice('order', ORDERS) }),
        };
        const repointingFile = input.text('repointingFile');
        const files = await transfers.take<PacketSource, PacketFile>(
          repointingFile === undefined
            ? imap.downloadDailyPackets({ ...base, by: input.choice('queryMode', MODES) ?? 'sct' }, options)
            : imap.downloadRepointingPackets({ ...base, repointingFile }, options),
          (source) => `${source.instrument} ${source.day}`,
          (file) => `${sayFile(file)}${file.uploaded === true ? ', uploaded' : ''}`,
          ({ uploadError }) => uploadError,
        );
        return files.length === 0 || files.some(({ status }) => status !== 'skipped');
      }),
    );
    await transfers.print();
    if (fetched && context.outcome.failures.length === 0 && !input.flag('printFilenames'))
      context.line('Successfully downloaded the data from webpoda.');
  },
};

function dayOf(text: string, option: string): string {
  const day = /^(\d{4})-?(\d{2})-?(\d{2})$/u.exec(text);
  if (day === null) throw new UsageError(`${option} must be YYYYMMDD, got ${JSON.stringify(text)}`);
  return day.slice(1).join('-');
}
