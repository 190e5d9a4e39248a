import { simulateScc, type SccSimulator, type SccSimulatorOptions } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { sdc, type Ran } from './run.js';

export interface Desk {
  readonly sim: SccSimulator;
  readonly cwd: string;
  run(...args: string[]): Promise<Ran>;
}

/** A simulated SCC, and a user in front of it. */
export async function desk(options: SccSimulatorOptions = {}): Promise<Desk> {
  const sim = simulateScc({ clock: { perRequestMs: 20_000 }, ...options });
  const server = await start(sim);
  const { httpAuthUser, httpAuthPassword, username, password } = sim.credentials;
  const env = {
    SCC_BASE_URL: server.url,
    SCC_HTTP_AUTH_USER: httpAuthUser,
    SCC_HTTP_AUTH_PASSWORD: httpAuthPassword,
    SCC_USERNAME: username,
    SCC_PASSWORD: password,
  };
  const cwd = tempDir();
  return { sim, cwd, run: (...args) => sdc(['scc', ...args], { env, cwd }) };
}
