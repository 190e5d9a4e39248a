// run.mjs FILE: runs one compiled snippet with the four centres simulated on loopback. The clients that the snippet
// makes find them through the environment; the ones it takes for granted are made here.
import { pathToFileURL } from 'node:url';

/** Starts a simulator. Each request moves the SCC's clock by a minute, so that processing ends at once. */
async function start(simulator, names) {
  const server = await simulator.listen();
  for (const [name, value] of Object.entries(names(server, simulator.credentials))) process.env[name] ??= value;
  return server;
}

const { simulateHmi, simulateImap, simulateScc, simulateScops } = await import('@lab/sdc/testing');
const servers = [
  await start(simulateScc({ clock: { perRequestMs: 60_000 } }), ({ url }, account) => ({
    SCC_BASE_URL: url,
    SCC_HTTP_AUTH_USER: account.httpAuthUser,
    SCC_HTTP_AUTH_PASSWORD: account.httpAuthPassword,
    SCC_USERNAME: account.username,
    SCC_PASSWORD: account.password,
  })),
  await start(simulateImap(), ({ url }, { apiKey, accessToken, webpodaToken }) => ({
    IMAP_DATA_ACCESS_URL: url,
    IMAP_DATA_DIR: 'imap-data',
    ...(apiKey === undefined ? {} : { IMAP_API_KEY: apiKey }),
    ...(apiKey !== undefined || accessToken === undefined ? {} : { IMAP_ACCESS_TOKEN: accessToken }),
    ...(webpodaToken === undefined ? {} : { IMAP_WEBPODA_TOKEN: webpodaToken }),
  })),
  await start(simulateHmi(), ({ url }) => ({ HMI_BASE_URL: url })),
  await start(simulateScops(), ({ url }, { project, password }) => ({
    SCOPS_BASE_URL: url,
    SCOPS_PROJECT: project,
    ...(password === undefined ? {} : { SCOPS_PASSWORD: password }),
  })),
];

const { HmiClient, ImapClient, SCC, ScopsClient } = await import('@lab/sdc');
const clients = { scc: new SCC(), imap: new ImapClient(), hmi: new HmiClient(), scops: new ScopsClient() };
Object.assign(globalThis, clients, { signal: new AbortController().signal });
try {
  await import(pathToFileURL(process.argv[2]).href);
} finally {
  for (const client of Object.values(clients)) await client.close();
  for (const server of servers) await server.close();
}
