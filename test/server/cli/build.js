import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setup as setupPackage } from '../../package/build.js';
/** The command of the installed package; with `SDC_TEST_DIST=1`, or where `SDC_TEST_COMMAND` names one, that one. */
export async function setup(project) {
    const given = process.env.SDC_TEST_COMMAND;
    if (given !== undefined || process.env.SDC_TEST_DIST === '1') {
        project.provide('command', given ?? fileURLToPath(new URL('../../../dist/cli/sdc.js', import.meta.url)));
        return () => Promise.resolve();
    }
    const end = await setupPackage(project);
    const { consumer } = project.getProvidedContext();
    project.provide('command', join(consumer, 'node_modules/.bin/sdc'));
    return end;
}
