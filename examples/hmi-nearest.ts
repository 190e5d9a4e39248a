// The observation of each active region that is nearest to a given time.
import { HmiClient } from '@lab/sdc';

await using hmi = new HmiClient();
const records = await hmi.nearest('hmi.sharp_cea_720s', '2015-12-11T12:05:00Z', { segments: ['magnetogram'] });
for (const { harpnum, dateObsText, files } of records) console.log(harpnum, dateObsText, files.length);
