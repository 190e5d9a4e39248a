import type { CommandSpec } from '../command/spec.js';
import { settingOf } from '../settings/known.js';
import { CENTRES, startSimulator, type Running } from './simulators.js';

/** `sdc simulate`. */
export const simulate: CommandSpec = {
  name: 'simulate',
  summary: 'run a simulated centre on this machine, until Ctrl-C',
  details: 'Prints the environment variables that make any client in another terminal use it.',
  arguments: [{ flags: '<centre>', text: 'which one', choices: CENTRES }],
  options: [
    { flags: '--port <number>', text: 'port; default any free one', number: { min: 0, max: 65_535, whole: true } },
    { flags: '--speed <factor>', text: 'how fast its clock runs; default 1', number: { min: 0.001, max: 100_000 } },
  ],
  examples: [
    ['sdc simulate scc --port 8080', 'an SCC at http://127.0.0.1:8080/'],
    ['sdc simulate scops --speed 60', 'a SCOPS whose minutes take one second'],
  ],
  run: async (context) => {
    const { input, signal, terminal } = context;
    const centre =
      input.choice('centre', CENTRES) ?? CENTRES.find((name) => name === input.argument('centre')) ?? 'scc';
    const running = await startSimulator(centre, input.number('port'), input.number('speed') ?? 1);
    await using server = running.server;
    for (const line of environmentLines(running)) terminal.out(`${line}\n`);
    context.note(`simulated ${centre} at ${server.url}; Ctrl-C stops it`);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  },
};

/** Lines for a POSIX shell; what has no variable is a comment. */
function environmentLines({ settings }: Running): string[] {
  return [...settings].map(([key, value]) => {
    const setting = settingOf(key);
    if (setting?.variable !== undefined) return `export ${setting.variable}='${value}'`;
    const option = (setting?.option ?? '').replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
    return `# --${option} ${value}`;
  });
}
