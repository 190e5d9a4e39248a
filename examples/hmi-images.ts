// Two images of each active region in the first hours of a day. Run it again to fetch what failed.
import { HmiClient } from '@lab/sdc';

await using hmi = new HmiClient();
const records = hmi.query('hmi.sharp_cea_720s', { start: '2015-12-11T00:00', end: '2015-12-11T02:00' });
const images = hmi.download(records, 'sharps', {
  segments: ['magnetogram', 'bitmap'],
  concurrency: 4,
  onFailure: 'yield',
});
for await (const image of images) {
  if (image.status === 'failed') console.error(image.source.url, image.error.message);
  else console.log(image.status, image.path, image.source.record.harpnum);
}
