import { midnightOfDay } from '../names/days.js';
import type { ScienceName } from '../names/types.js';
import { SIMULATED_APIDS } from './apids.js';
import { ccsdsPacket } from './ccsds.js';

/** A level-0 file: two packets of each of the instrument's first APIDs every six hours of the day. */
export function samplePacketFile(file: ScienceName | undefined, name: string): Uint8Array<ArrayBuffer> {
  const day = midnightOfDay(file?.start ?? '20260101') ?? 0;
  const apids = (SIMULATED_APIDS[file?.instrument ?? 'mag'] ?? [594]).slice(0, 3);
  // Another version has other packets: the minor version is the offset within the hour.
  const offset = (file?.minor ?? name.length) * 1000;
  const packets = apids.flatMap((apid) =>
    [0, 6, 12, 18].flatMap((hour, index) =>
      [0, 1].map((half) => ccsdsPacket(apid, 2 * index + half, day + hour * 3_600_000 + half * 4000 + offset)),
    ),
  );
  return new Uint8Array(Buffer.concat(packets));
}
