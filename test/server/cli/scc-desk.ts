import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { simulateScc, type SccSimulator, type SccSimulatorOptions } from '../../../src/testing/index.js';
import { folder, sdc, type Ran } from './run.js';

/** Where the files of the examples are. */
export const data = fileURLToPath(new URL('../../../examples/data/', import.meta.url));

export interface Desk {
  readonly sim: SccSimulator;
  readonly cwd: string;
  run(...args: string[]): Promise<Ran>;
}

/** A simulated SCC, and a user in front of it. */
export async function desk(options: SccSimulatorOptions = {}): Promise<Desk> {
  const sim = simulateScc({ clock: { perRequestMs: 20_000 }, ...options });
  const server = await sim.listen();
  onTestFinished(() => server.close());
  const { httpAuthUser, httpAuthPassword, username, password } = sim.credentials;
  const env = {
    SCC_BASE_URL: server.url,
    SCC_HTTP_AUTH_USER: httpAuthUser,
    SCC_HTTP_AUTH_PASSWORD: httpAuthPassword,
    SCC_USERNAME: username,
    SCC_PASSWORD: password,
  };
  const cwd = folder();
  return { sim, cwd, run: (...args) => sdc(['scc', ...args], { env, cwd }) };
}
