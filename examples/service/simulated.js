// npm run simulated: the same service in front of a simulated SCC, to try it without an account.
import { simulateScc } from '@lab/sdc/testing';
const simulator = simulateScc({ clock: { mode: 'real', start: '2021-07-01' } });
const { url } = await simulator.listen();
const { httpAuthUser, httpAuthPassword, username, password } = simulator.credentials;
Object.assign(process.env, {
    SCC_BASE_URL: url,
    SCC_HTTP_AUTH_USER: httpAuthUser,
    SCC_HTTP_AUTH_PASSWORD: httpAuthPassword,
    SCC_USERNAME: username,
    SCC_PASSWORD: password,
});
process.once('SIGTERM', () => setTimeout(() => process.exit(), 1000).unref());
await import('./main.js');
