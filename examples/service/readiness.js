// Whether the SCC answers us. A load balancer may ask often: the SCC is asked at most every half minute.
import { isSdcError } from '@lab/sdc';
const REMEMBERED_MS = 30_000;
/** One small request that renews the session if need be; askers at the same time share it. */
export function createReadiness(scc) {
    let last;
    return () => {
        if (last === undefined || performance.now() - last.at > REMEMBERED_MS) {
            last = { at: performance.now(), state: look(scc) };
        }
        return last.state;
    };
}
async function look(scc) {
    try {
        await scc.listMeasurements({}, { signal: AbortSignal.timeout(5000) }).first();
        return { ready: true };
    }
    catch (error) {
        return { ready: false, reason: isSdcError(error) ? error.code : 'timeout' };
    }
}
