import type { Listening } from '../../testing/index.js';
import type { SettingKey } from '../settings/known.js';
import type { Values } from '../settings/own-file.js';

/** The centres that can be simulated. */
export const CENTRES = ['scc', 'imap', 'hmi', 'scops'] as const;

/** Name of a simulated centre. */
export type SimulatedCentre = (typeof CENTRES)[number];

/** A simulated centre that listens on the loopback interface. */
export interface Running {
  readonly server: Listening;
  /** What a client needs to reach it. */
  readonly settings: Values;
}

/** Starts a simulated centre whose clock follows the wall clock, sped up. */
export async function startSimulator(
  centre: SimulatedCentre,
  port: number | undefined,
  speed: number,
): Promise<Running> {
  const testing = await import('../../testing/index.js');
  const where = port === undefined ? {} : { port };
  const clock = { mode: 'real', speed } as const;
  if (centre === 'scc') {
    const sim = testing.simulateScc({ clock: { ...clock, start: '2021-07-01' } });
    const { httpAuthUser, httpAuthPassword, username, password } = sim.credentials;
    return running(await sim.listen(where), 'scc.base_url', [
      ['scc.http_auth_user', httpAuthUser],
      ['scc.http_auth_password', httpAuthPassword],
      ['scc.username', username],
      ['scc.password', password],
    ]);
  }
  if (centre === 'imap') {
    const sim = testing.simulateImap({ clock: { ...clock, start: '2026-02-01' } });
    const { apiKey, accessToken, webpodaToken } = sim.credentials;
    const server = await sim.listen(where);
    return running(server, 'imap.url', [
      ['imap.api_key', apiKey],
      ['imap.access_token', accessToken],
      ['imap.webpoda_token', webpodaToken],
      ['imap.webpoda_url', server.origins.packets ?? ''],
    ]);
  }
  if (centre === 'hmi') return running(await testing.simulateHmi({ clock }).listen(where), 'hmi.base_url', []);
  const sim = testing.simulateScops({ clock: { ...clock, start: '2018-03-07T15:28:24Z' } });
  return running(await sim.listen(where), 'scops.base_url', [
    ['scops.project', sim.credentials.project],
    ['scops.password', sim.credentials.password],
  ]);
}

function running(server: Listening, address: SettingKey, others: readonly (readonly [SettingKey, string])[]): Running {
  return { server, settings: new Map<SettingKey, string>([[address, server.url], ...others]) };
}
