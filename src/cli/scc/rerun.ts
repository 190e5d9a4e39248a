import type { RerunStep } from '../../scc/index.js';
import type { CommandSpec } from '../command/spec.js';
import { eachId } from './each-id.js';
import { failureOf, waitUntilEnded, SCC_WAIT_OPTIONS } from './waiting.js';

/** `sdc scc rerun-all`. */
export const rerunAll = rerunFrom('all', 'rerun-all', ['scc-rerun'], 'rerun the whole chain');
/** `sdc scc rerun-elpp`. */
export const rerunElpp = rerunFrom('elpp', 'rerun-elpp', [], 'rerun the chain from ELPP on');
/** `sdc scc rerun-optical`. */
export const rerunOptical = rerunFrom('optical', 'rerun-optical', ['rerun-processing'], 'rerun the optical step');

function rerunFrom(from: RerunStep, name: string, aliases: readonly string[], summary: string): CommandSpec {
  return {
    name,
    aliases,
    summary,
    arguments: [{ flags: '<ids...>', text: 'ids of measurements' }],
    options: [{ flags: '-p, --process', text: 'wait for the results' }, ...SCC_WAIT_OPTIONS],
    examples: [[`sdc scc ${name} 20210601aky0930 -p`, 'start it and wait until it has finished']],
    run: (context) =>
      eachId(
        context,
        async (scc, id) => {
          await scc.rerunProcessing(id, { signal: context.signal, from });
          if (!context.input.flag('process')) return;
          const failure = failureOf(await waitUntilEnded(context, scc, id));
          if (failure !== undefined) throw failure;
        },
        'restarted',
      ),
  };
}
