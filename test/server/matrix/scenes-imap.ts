import { simulateImap, type ImapSimulator } from '../../../src/testing/index.js';
import { noise } from '../../support/noise.js';
import type { Made } from './scene.js';

const CDF = ['20260105', '20260106'].map((day) => `imap_mag_l2_norm-gse_${day}_v009.0001.cdf`);
const UPLOADED = 'imap_swe_l1a_sci_20260201_v001.0001.cdf';
const MANIFEST = 'imap_hit_data-release-001_20260101_20260131_v001.txt';
const APIDS = [1184, 1188];
const DAY = Date.UTC(2026, 0, 5);
const EPOCH = Date.UTC(2010, 0, 1);
const REPOINTINGS = 'repoint_end_utc,repoint_id\n2026-01-05 00:30:00.000000,42\n2026-01-05 23:30:00.000000,43\n';

async function made(
  sim: ImapSimulator,
  wanted: readonly string[],
  more: Pick<Made, 'truth' | 'sent' | 'stored' | 'local'>,
): Promise<Made> {
  const { url, origins, close } = await sim.listen();
  return {
    site: { centre: 'imap', url, credentials: { ...sim.credentials }, wanted, records: [] },
    faults: sim.faults,
    requests: sim.requests,
    origins,
    close,
    ...more,
  };
}

const held = (sim: ImapSimulator, key: string): Uint8Array[] => {
  const bytes = sim.read(key);
  return bytes === undefined ? [] : [bytes];
};

/** Two files of the archive, and another one to be uploaded. */
async function imap(): Promise<Made> {
  const sim = simulateImap({
    data: { replace: true, files: CDF.map((name, at) => ({ name, body: noise(90_000, at + 1), released: true })) },
  });
  const sent = noise(150_000, 9);
  return made(sim, CDF, {
    truth: new Map(CDF.map((name, at) => [`imap/mag/l2/2026/01/${name}`, noise(90_000, at + 1)])),
    sent: [sent],
    stored: () => held(sim, `imap/swe/l1a/2026/02/${UPLOADED}`),
    local: { [UPLOADED]: sent },
  });
}

/** Long enough for two ranges; made once, since it takes its time. */
let large: Uint8Array<ArrayBuffer> | undefined;

/** One file that comes by ranges side by side. */
async function imapLarge(): Promise<Made> {
  const body = (large ??= noise(8_500_000));
  const [name = ''] = CDF;
  const sim = simulateImap({ data: { replace: true, files: [{ name, body, released: true }] } });
  const truth = new Map([[`imap/mag/l2/2026/01/${name}`, body]]);
  return made(sim, [name], { truth, sent: [], stored: () => [], local: {} });
}

/** A manifest to be uploaded, with a file that it releases. */
async function release(): Promise<Made> {
  const name = 'imap_hit_l2_macropixel-intensity_20260110_v001.0002.cdf';
  const sim = simulateImap({ data: { replace: true, files: [{ name, released: false }] } });
  const manifest = new TextEncoder().encode(`${name}\n`);
  return made(sim, [], {
    truth: new Map(),
    sent: [manifest],
    stored: () => held(sim, `imap/release/hit/${MANIFEST}`),
    local: { [MANIFEST]: manifest },
  });
}

/** A packet of 60 bytes: headers, spacecraft clock, data. */
function packet(apid: number, sequence: number, time: number): Uint8Array {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0x0800 | apid, 0);
  head.writeUInt16BE(0xc000 | sequence, 2);
  head.writeUInt16BE(60 - 7, 4);
  head.writeUInt32BE((time - EPOCH) / 1000, 6);
  return Buffer.concat([head, noise(48, apid * 1000 + sequence)]);
}

/** Packets of two kinds, one each half hour of a day but its first and last one; the file holds them in order of time. */
function packets() {
  const times = Array.from({ length: 44 }, (_unused, at) => DAY + (at + 2) * 1_800_000);
  return times.flatMap((time, at) =>
    APIDS.map((apid) => ({ apid, time: new Date(time), bytes: packet(apid, at, time) })),
  );
}

async function packetScene(name: string, local: Made['local']): Promise<Made> {
  const all = packets();
  const sim = simulateImap({ data: { replace: true, packets: all } });
  const file = Buffer.concat(all.map(({ bytes }) => bytes));
  const key = `imap/swapi/l0/2026/01/${name}`;
  return made(sim, [], {
    truth: new Map([[key, file]]),
    sent: [file],
    stored: () => held(sim, key),
    local,
  });
}

/** The scenes of IMAP. */
export const IMAP_SCENES = {
  imap,
  'imap-large': imapLarge,
  'imap-release': release,
  'imap-packets': () => packetScene('imap_swapi_l0_raw_20260105_v001.0001.pkts', {}),
  'imap-repointing': () =>
    packetScene('imap_swapi_l0_raw_20260105-repoint00042_v001.0001.pkts', { 'repoint.csv': REPOINTINGS }),
};
