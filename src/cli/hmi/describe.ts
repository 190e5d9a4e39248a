import { NotFoundError } from '../../errors.js';
import { NotYet } from '../command/not-yet.js';
import type { CommandSpec } from '../command/spec.js';
import { printJson } from '../output/print.js';
import { withHmi } from './open.js';

/** `sdc hmi describe`. */
export const describe: CommandSpec = {
  name: 'describe',
  summary: "print the service's own description (swagger.json), or only test whether it answers",
  options: [{ flags: '--alive', text: 'only test whether it answers: is the tunnel open?' }],
  examples: [
    ['sdc hmi describe', 'routes and parameters, as JSON'],
    ['sdc hmi describe --alive', 'exit code 0 if it answers, 75 if not'],
  ],
  run: async (context) => {
    const { input, signal, terminal } = context;
    await withHmi(context, async (hmi) => {
      if (input.flag('alive')) {
        if (!(await hmi.isAlive({ signal }))) throw new NotYet(`${hmi.baseUrl} does not answer; is the tunnel open?`);
        await context.result(`${hmi.baseUrl} answers`, { status: 'alive', url: hmi.baseUrl });
        return;
      }
      const description = await hmi.describe({ signal });
      if (description !== undefined) printJson(terminal, description);
      else throw new NotFoundError('the service has no description', { centre: 'hmi', operation: 'hmi.describe' });
    });
  },
};
