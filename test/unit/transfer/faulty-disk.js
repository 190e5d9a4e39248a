const CALLS = ['link', 'lstat', 'mkdir', 'readFile', 'rename', 'rm', 'stat', 'unlink', 'writeFile'];
const HANDLE_CALLS = ['close', 'datasync', 'read', 'stat', 'sync', 'truncate', 'writev'];
let faults = [];
/** What the system says. */
export function systemError(code, call) {
    return Object.assign(new Error(`${code}: no luck, ${call}`), { code, syscall: call });
}
/** The next call of this name on a path with this ending does something else; `skip` lets so many pass before. */
export function once(call, path, act, skip = 0) {
    faults.push({ call, path, act, skip });
}
/** The next call of this name on a path with this ending fails. */
export function failOnce(call, path, code, skip = 0) {
    once(call, path, () => Promise.reject(systemError(code, call)), skip);
}
/** Forgets all that is planned; tells what never came. */
export function mended() {
    const left = faults.map(({ call, path }) => `${call} ${path}`);
    faults = [];
    return left;
}
function planned(call, path, go) {
    const fault = faults.find((one) => one.call === call && String(path).endsWith(one.path));
    if (fault === undefined)
        return go();
    if (fault.skip > 0) {
        fault.skip -= 1;
        return go();
    }
    faults = faults.filter((one) => one !== fault);
    return fault.act(go);
}
/** For `vi.mock('node:fs/promises', …)`: the real calls, as long as nothing else is planned. */
export function faulty(real) {
    const calls = {};
    for (const name of CALLS) {
        const call = real[name];
        calls[name] = (...given) => planned(name, given[0], () => call(...given));
    }
    const open = async (...given) => {
        const handle = (await planned('open', given[0], () => real.open(...given)));
        for (const name of HANDLE_CALLS) {
            const call = handle[name].bind(handle);
            Object.assign(handle, {
                [name]: (...more) => planned(`handle.${name}`, given[0], () => call(...more)),
            });
        }
        return handle;
    };
    return { ...real, ...calls, open };
}
