// Compiled by the types tests with compilers that know `await using`; never run.
import { HmiClient, sccSession } from '@lab/sdc';
import { simulateScc } from '@lab/sdc/testing';

export async function use(): Promise<void> {
  await using server = await simulateScc().listen();
  await using scc = await sccSession(undefined, { baseUrl: server.url });
  await using hmi = new HmiClient();
  await scc.logout();
  await hmi.describe();
}
