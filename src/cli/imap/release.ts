import type { CommandSpec } from '../command/spec.js';
import { WAIT_OPTIONS } from '../command/common-options.js';
import { shortName } from '../command/transfer.js';
import { waitOptions } from '../command/wait.js';
import { withImap } from './open.js';
import { RELEASE_TYPES } from './words.js';

/** `sdc imap release`. */
export const release: CommandSpec = {
  name: 'release',
  summary: 'release the files in a manifest to the public, or withdraw them',
  options: [
    { flags: '--release-type <type>', text: 'what to do', choices: RELEASE_TYPES, required: true },
    {
      flags: '--manifest-file <file>',
      text: 'imap_<instrument>_<descriptor>_<start>_vXXX.txt, one name per line',
      required: true,
    },
    ...WAIT_OPTIONS,
  ],
  examples: [
    ['sdc imap release --release-type release --manifest-file imap_mag_release_20260101_v001.txt', 'needs an API key'],
  ],
  run: async (context) => {
    const { input } = context;
    const manifestFile = input.text('manifestFile') ?? '';
    const releaseType = input.choice('releaseType', RELEASE_TYPES) ?? 'release';
    const answer = await withImap(context, (imap) => imap.release({ releaseType, manifestFile }, waitOptions(context)));
    context.note(answer);
    await context.result('Successfully submitted release request to the IMAP SDC.', {
      status: 'submitted',
      releaseType,
      manifest: shortName(manifestFile),
      answer,
    });
  },
};
