// Keywords of records, fetched in batches.
import { HmiClient } from '@lab/sdc';

await using hmi = new HmiClient();
const series = 'hmi.sharp_cea_720s';
const records = await hmi.query(series, { start: '2015-12-11T00:00', end: '2015-12-11T02:00' }).toArray();
const numbers = records.flatMap(({ recnum }) => (recnum === undefined ? [] : [recnum]));
const keywords = await hmi.meta(series, numbers, ['area', 'usflux', 'noaa_ar']);
for (const [recnum, { area, usflux, noaa_ar }] of keywords) console.log(recnum, noaa_ar, area, usflux);
