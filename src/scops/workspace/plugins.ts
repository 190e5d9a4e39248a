import { listDirectory } from '../../core/files/directory.js';
import { below } from '../../core/files/paths.js';
import { readText } from '../../core/files/read-range.js';
import type { WorkspacePlugin } from './types.js';

const RUN = /^(?:async\s+)?def\s+run\s*\(([\s\S]*?)\)\s*(?:->[^:]*)?:/mu;
const ARGUMENTS = ['output_folder', 'hsi_filename'] as const;
const NAME = /^[a-z][a-z0-9_]{1,30}$/u;
const MAX_BYTES = 4 * 1024 * 1024;

/** The plugins in a folder, each checked against the contract: `run(output_folder=…, hsi_filename=…)` (protocol notes 15.7). */
export async function readPlugins(directory: string): Promise<WorkspacePlugin[]> {
  const plugins: WorkspacePlugin[] = [];
  for (const { name, kind } of await listDirectory(directory)) {
    if (kind === 'directory' || !name.endsWith('.py') || name.startsWith('__')) continue;
    const path = below(directory, name);
    const stem = name.slice(0, -'.py'.length);
    plugins.push({ name: stem, path, problems: [...nameProblems(stem), ...sourceProblems(await sourceOf(path))] });
  }
  return plugins;
}

async function sourceOf(path: string): Promise<string> {
  try {
    return await readText(path, MAX_BYTES);
  } catch {
    return '';
  }
}

function nameProblems(name: string): string[] {
  const fits = NAME.test(name) && !/1b|bil|flag/u.test(name);
  return fits ? [] : ['its name cannot be ordered: 2 to 31 lower-case letters, digits and _, without 1b, bil and flag'];
}

function sourceProblems(source: string): string[] {
  const run = RUN.exec(source);
  if (run === null) return ['it has no function run at its top level'];
  const [, list = ''] = run;
  const parameters = list
    .replace(/#.*$/gmu, '')
    .split(',')
    .map((part) => part.trim());
  const names = parameters.map((part) => /^\*{0,2}[A-Za-z_]\w*/u.exec(part)?.[0] ?? '');
  const takesAny = names.some((name) => name.startsWith('**'));
  const problems = ARGUMENTS.filter((name) => !takesAny && !names.includes(name)).map(
    (name) => `run does not take ${name}`,
  );
  const extra = parameters.filter((part) => /^[A-Za-z_]/u.test(part) && !part.includes('='));
  const needless = extra
    .map((part) => /^\w+/u.exec(part)?.[0] ?? '')
    .filter((name) => !ARGUMENTS.some((one) => one === name));
  problems.push(...needless.map((name) => `run needs ${name}, which the back end does not give`));
  if (!/^[ \t]+return\s+\S/mu.test(source.slice(run.index)))
    problems.push('run returns no path of the file that it wrote');
  return problems;
}
