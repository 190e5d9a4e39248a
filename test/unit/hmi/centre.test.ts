import { expect, it } from 'vitest';
import { programSpec } from '../../../src/cli/commands.js';
import { SETTINGS } from '../../../src/cli/settings/known.js';
import { DEFAULT_BASE_URL, FILE_NAMES, PROJECT_ORIGINS, VARIABLES } from '../../../src/hmi/centre.js';
import { LINK_COLUMNS, recordSegmentOf, TIME_COLUMNS } from '../../../src/hmi/decode/generations.js';
import { simulateHmi } from '../../../src/testing/index.js';
import { EVERY_GENERATION } from '../../support/generations.js';

const commands = programSpec(() => Promise.resolve(0)).groups.find(({ name }) => name === 'hmi')?.commands ?? [];

it('the command knows the address of the service by the same variable and default', () => {
  const setting = SETTINGS.find(({ key }) => key === 'hmi.base_url');
  expect(setting).toMatchObject({ variable: VARIABLES.baseUrl });
  expect(setting?.text).toContain(`default ${DEFAULT_BASE_URL},`);
});

it('the command offers every way to name files', () => {
  const options = commands.flatMap(({ options: own = [] }) => own);
  expect(options.find(({ flags }) => flags.startsWith('--file-name'))).toMatchObject({ choices: FILE_NAMES });
});

it('the columns and links of each generation are read in the form that the simulated service gives them', async () => {
  const columns = new Set<string>();
  const origins = new Set<string>();
  for (const generation of EVERY_GENERATION) {
    const sim = simulateHmi({ generation });
    const asked = 'HMI/hmi.sharp_720s?start=2015-12-11T18:00:00Z&end=2015-12-11T19:00:00Z';
    const [row = {}] = (await (await sim.fetch(new URL(asked, sim.baseUrl))).json()) as Record<string, unknown>[];
    for (const name of Object.keys(row)) columns.add(name);
    const [link] = [row.urls ?? row.url].flat() as string[];
    const url = new URL(link ?? '');
    origins.add(url.origin);
    const [folder, file = ''] = url.pathname.split('/').slice(-2);
    const named = recordSegmentOf(file.replace('.fits', ''), folder);
    expect(named?.recnum).toBe(generation === 1 ? undefined : row.recnum);
  }
  expect([...columns]).toEqual(expect.arrayContaining([...TIME_COLUMNS, ...LINK_COLUMNS.map(({ column }) => column)]));
  expect([...origins]).toEqual(PROJECT_ORIGINS.slice(0, 1));
});
