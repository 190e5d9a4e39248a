import type { SimulatedCentre } from './simulators.js';

/** The command lines of the demonstration; `@` is its folder. Words with blanks stand in quotes. */
export const DEMO_LINES: Readonly<Record<SimulatedCentre, readonly string[]>> = {
  scc: [
    'scc search 2021-06-01 2021-06-04 --location aky',
    'scc upload-file @/20210601aky0930.nc 437 --process --poll 0.2 --output-dir @/scc',
    'scc delete 20210601aky0930 --yes',
  ],
  imap: [
    'imap query --instrument mag --data-level l1a --start-date 20260105 --version latest',
    'imap query --instrument mag --start-date 20260105 --end-date 20260105 --version latest --download --data-dir @',
    'imap query --table spice --type leapseconds',
  ],
  hmi: [
    'hmi list hmi.sharp_720s 2015-12-11T00:00 2015-12-11T01:00 --segments magnetogram',
    'hmi download hmi.sharp_720s 2015-12-11T00:00 2015-12-11T01:00 @/hmi --segments magnetogram',
  ],
  scops: [
    'scops flight 2014 217',
    'scops submit 2014 217 --line f21701:1-10 --email me@institute.org --confirm --save @/order.json',
    'scops find-id @/order.json',
    'scops watch ? --poll 0.2',
    'scops download ? @/scops',
  ],
};
