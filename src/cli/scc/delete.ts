import type { CommandSpec } from '../command/spec.js';
import { Cancelled } from '../io/prompt.js';
import { eachId } from './each-id.js';

/** `sdc scc delete`. */
export const deleteMeasurements: CommandSpec = {
  name: 'delete',
  aliases: ['scc-delete'],
  summary: 'delete measurements, but never related ones',
  details: 'On a terminal it asks first. In scripts it deletes at once.',
  arguments: [{ flags: '<ids...>', text: 'ids of measurements' }],
  options: [{ flags: '-y, --yes', text: 'do not ask' }],
  examples: [['sdc scc delete 20210601aky0930 --yes', 'delete one measurement']],
  run: async (context) => {
    const { input, terminal, prompter, signal } = context;
    const ids = input.argumentList('ids');
    if (terminal.inIsTerminal && !input.flag('yes')) {
      const answer = await prompter.ask(`Delete ${ids.join(', ')} for good? [y/N]`, { fallback: '' });
      if (!/^y(?:es)?$/iu.test(answer.trim())) throw new Cancelled();
    }
    await eachId(context, (scc, id) => scc.deleteMeasurement(id, { signal }), 'deleted');
  },
};
