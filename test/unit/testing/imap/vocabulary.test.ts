import { expect, it } from 'vitest';
import { DATA_LEVELS, EXTENSIONS, INSTRUMENTS, PACKET_APIDS, SPICE_TYPES } from '../../../../src/imap/index.js';
import {
  ARCHIVE_INSTRUMENTS,
  ARCHIVE_LEVELS,
  EXTENSIONS as ARCHIVE_EXTENSIONS,
} from '../../../../src/testing/imap/names/constants.js';
import { SPICE_TYPES as ARCHIVE_KERNELS } from '../../../../src/testing/imap/names/spice-patterns.js';
import { SIMULATED_APIDS } from '../../../../src/testing/imap/packets/apids.js';

it('client and simulated archive, each with a list of its own, know the same words', () => {
  expect(ARCHIVE_INSTRUMENTS).toEqual(INSTRUMENTS);
  expect(ARCHIVE_LEVELS).toEqual(DATA_LEVELS);
  expect(ARCHIVE_EXTENSIONS).toEqual(EXTENSIONS);
  expect(SIMULATED_APIDS).toEqual(PACKET_APIDS);
  const kinds = new Set(Object.values(ARCHIVE_KERNELS).map(([type]) => type));
  expect([...kinds, 'kernels'].sort()).toEqual([...SPICE_TYPES].sort());
});
