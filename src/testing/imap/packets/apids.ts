function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_unused, index) => from + index);
}

/** The application ids of each instrument's science packets (protocol notes, section 12.2). */
export const SIMULATED_APIDS: Readonly<Record<string, readonly number[]>> = {
  codice: [1136, 1152, 1153, ...span(1155, 1162), ...span(1168, 1174)],
  glows: [1480, 1481],
  hi: [740, 754, 769, 770, 772, 804, 818, 833, 834, 836],
  hit: [1251, 1252, 1253],
  ialirt: [478],
  idex: [1418, 1419, 1424],
  lo: [673, 676, 677, 705, 706, 707, 708],
  mag: [1052, 1068],
  spacecraft: [594],
  swapi: [1184, 1188],
  swe: [1330, 1334, 1344],
  ultra: [
    ...span(865, 877),
    ...span(880, 889),
    ...span(896, 901),
    ...span(929, 941),
    ...span(944, 953),
    ...span(960, 965),
  ],
};
