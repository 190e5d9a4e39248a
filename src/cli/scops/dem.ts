import type { CommandSpec } from '../command/spec.js';
import type { Context } from '../command/context.js';
import { shortName } from '../command/transfer.js';
import { countModel } from './model-files.js';
import { processingIdOf, withScops } from './open.js';
import { ID_ARGUMENT } from './status.js';

/** `sdc scops dem-error`. */
export const demError: CommandSpec = {
  name: 'dem-error',
  summary: 'say whether an order was stopped by its elevation model, and what to do',
  details: 'The SCOPS page says the same for every order without products; only the mail is certain.',
  arguments: [ID_ARGUMENT],
  examples: [['sdc scops dem-error GB13_08_2014_21720180307152902', 'what the page says']],
  run: async (context) => {
    const id = await processingIdOf(context.input.argument('id'));
    const found = await withScops(context, (scops) => scops.getDemError(id, { signal: context.signal }));
    if (found === undefined) {
      return report(context, `${id}: no error`, { processingId: id, status: 'no error' });
    }
    const { reason, advice } = found;
    return report(context, `${id}: ${reason}\n${advice}`, { processingId: id, status: 'dem-error', reason, advice });
  },
};

/** The sentence is the result itself: it is there with `--silent` too. */
async function report(context: Context, sentence: string, row: Readonly<Record<string, string>>): Promise<void> {
  if (context.format === 'table') context.answer(sentence);
  else await context.result(sentence, row);
}

/** `sdc scops reupload-dem`. */
export const reuploadDem: CommandSpec = {
  name: 'reupload-dem',
  summary: 'send a new elevation model for an order that was stopped by its first one; the order then restarts',
  details: 'Only a new file fixes such an order: aster and srtm would use the bad one without a check.',
  arguments: [
    ID_ARGUMENT,
    { flags: '<file>', text: 'one band, ENVI BIL or BSQ, WGS84 latitude and longitude, covering all lines' },
    { flags: '[header-file]', text: 'its ENVI header' },
  ],
  options: [{ flags: '--again', text: 'send a second one' }],
  examples: [
    ['sdc scops reupload-dem GB13_08_2014_21720180307152902 larger.bil larger.hdr', 'a DEM that covers all lines'],
  ],
  run: async (context) => {
    const { input, signal } = context;
    const id = await processingIdOf(input.argument('id'));
    const file = input.argument('file');
    const header = input.optionalArgument('header-file');
    context.closing.begin('uploads');
    await withScops(context, (scops) =>
      context.progress('uploading', ({ onProgress }) => {
        const options = { signal, onProgress, again: input.flag('again') };
        return scops.reuploadDem(id, { file, ...(header !== undefined && { header }) }, options);
      }),
    );
    await countModel(context, { file, header });
    await context.result(`sent ${shortName(file)} for ${id}; the order restarts`, {
      status: 'sent',
      processingId: id,
      file,
    });
  },
};
