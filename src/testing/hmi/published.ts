import type { HmiSimRecordInput } from './records.js';

/** The rows that the project published, value by value (protocol notes, section 14). */
export const PUBLISHED_RECORDS: readonly HmiSimRecordInput[] = [
  {
    series: 'hmi.sharp_720s',
    recnum: 5605571,
    harpnum: 6178,
    tRecIndex: 1005598,
    quality: 0,
    time: '2016-01-20T05:41:33.750935Z',
    segments: ['magnetogram', 'bitmap'],
  },
  {
    series: 'hmi.sharp_720s',
    recnum: 5601499,
    harpnum: 6167,
    tRecIndex: 1005598,
    quality: 0,
    time: '2016-05-26T15:39:51Z',
    meta: {
      area: 3507.3125,
      cmask: 6423,
      distcoef: '/home/jsoc/cvs/Development/JSOC/proj/lev1.5_hmi/apps//../libs/lev15/',
    },
  },
  {
    series: 'hmi.sharp_cea_720s_nrt',
    recnum: 1958485,
    harpnum: 6303,
    tRecIndex: 1010166,
    quality: 1024,
    time: '2016-01-20T01:35:28.643542Z',
    segments: ['conf_disambig', 'Bt_err', 'Br', 'Br_err', 'magnetogram', 'Bp_err', 'bitmap', 'Bp', 'Dopplergram', 'Bt'],
  },
];

/** Slots that the published rows need, so that no gap falls on them (the five rows of the first generation among them). */
export const PUBLISHED_SLOTS: ReadonlySet<number> = new Set([
  1005572, 1005573, 1005574, 1005575, 1005576, 1005598, 1010166,
]);
