import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import type { CommandSpec } from '../command/spec.js';
import type { Terminal } from '../io/terminal.js';
import { DEMO_LINES } from './demo-lines.js';
import { CENTRES, startSimulator, type SimulatedCentre } from './simulators.js';

/** Runs a command line with the settings of a simulated centre. */
export type LineRunner = (
  args: readonly string[],
  terminal: Terminal,
  settings: Awaited<ReturnType<typeof startSimulator>>['settings'],
) => Promise<number>;

/** `sdc demo`; the runner of lines comes from outside, since it knows this command in turn. */
export function demoCommand(runLine: LineRunner): CommandSpec {
  return {
    name: 'demo',
    summary: 'show what this command does, with simulated centres on this machine',
    details: 'Needs neither a network nor a login. Its files are removed at the end, unless --keep names a folder.',
    arguments: [{ flags: '[centres...]', text: 'only these', choices: CENTRES }],
    options: [{ flags: '--keep <folder>', text: 'work in this folder and keep it' }],
    examples: [
      ['sdc demo', 'all four centres'],
      ['sdc demo scc --keep demo', 'one of them; its files stay'],
    ],
    run: async (context) => {
      const { input } = context;
      const chosen = CENTRES.filter((centre) => {
        const named = input.argumentList('centres');
        return named.length === 0 || named.includes(centre);
      });
      const kept = input.text('keep');
      const folder = kept ?? (await mkdtemp(join(tmpdir(), 'sdc-demo-')));
      await mkdir(folder, { recursive: true });
      try {
        for (const centre of chosen) await demonstrate(context, centre, folder, runLine);
      } finally {
        if (kept === undefined) await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function demonstrate(
  context: Context,
  centre: SimulatedCentre,
  folder: string,
  runLine: LineRunner,
): Promise<void> {
  if (centre === 'scc') await writeSample(join(folder, '20210601aky0930.nc'));
  const { server, settings } = await startSimulator(centre, undefined, centre === 'scops' ? 120 : 20);
  await using _server = server;
  let processingId = '';
  for (const line of DEMO_LINES[centre]) {
    context.signal.throwIfAborted();
    if (context.terminal.isReaderGone()) return;
    const args = line.split(' ').map((word) => (word === '?' ? processingId : word.replace(/^@/u, () => folder)));
    context.terminal.out(`\n$ sdc ${args.join(' ')}\n`);
    let printed = '';
    const out = (text: string): void => {
      printed = text;
      context.terminal.out(text);
    };
    const code = await runLine(args, { ...context.terminal, out }, settings);
    context.signal.throwIfAborted();
    if (code !== EXIT.done) throw new Error(`the demonstration ended with exit code ${code} at: sdc ${line}`);
    context.outcome.done();
    if (args.includes('find-id')) processingId = printed.trim();
  }
}

/** A small raw measurement, as the SCC wants it named and described. */
async function writeSample(path: string): Promise<void> {
  const { makeNetcdf } = await import('../../testing/scc/netcdf-write.js');
  const attributes = {
    Measurement_ID: '20210601aky0930',
    RawData_Start_Date: '20210601',
    RawData_Start_Time_UT: '093000',
    RawData_Stop_Time_UT: '103000',
  };
  await writeFile(path, makeNetcdf(attributes));
}
