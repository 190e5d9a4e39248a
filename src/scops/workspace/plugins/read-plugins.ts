import { listDirectory } from '../../../core/files/directory.js';
import { below } from '../../../core/files/paths.js';
import { readRange } from '../../../core/files/read-range.js';
import { exists } from '../../../core/files/stat-file.js';
import { readWords } from '../../../core/files/system-error.js';
import { mathNameProblem } from '../../band-math/names.js';
import type { WorkspacePlugin } from '../types.js';
import { STANDARD_MODULES, WORKER_MODULES } from './module-names.js';
import { PythonError } from './python/python-error.js';
import { sourceText } from './python/source.js';
import { sourceProblems } from './source-problems.js';

const MAX_BYTES = 4 * 1024 * 1024;
const ENDING = '.py';

/**
 * The plugins in a folder, each checked for what the worker does: Python 2.7 imports the module and calls
 * `run(output_folder=…, hsi_filename=…)`, with what `plugin_args` adds (protocol notes 15.7).
 */
export async function readPlugins(directory: string, extra: readonly string[]): Promise<WorkspacePlugin[]> {
  const entries = await listDirectory(directory);
  const files = entries.filter(({ name, kind }) => kind !== 'directory' && name.endsWith(ENDING));
  const sources = new Map<string, string>();
  const broken = new Map<string, string>();
  for (const { name } of files) {
    const stem = name.slice(0, -ENDING.length);
    const source = await sourceOf(below(directory, name));
    if (typeof source === 'string') sources.set(stem, source);
    else broken.set(stem, source.problem);
  }
  const plugins: WorkspacePlugin[] = [];
  for (const { name } of files) {
    const stem = name.slice(0, -ENDING.length);
    if (name.startsWith('__')) continue;
    const problem = broken.get(stem);
    const found = problem === undefined ? sourceProblems(stem, sources, extra) : [problem];
    plugins.push({
      name: stem,
      path: below(directory, name),
      problems: [...(await nameProblems(directory, stem)), ...found],
    });
  }
  return plugins;
}

async function sourceOf(path: string): Promise<string | { readonly problem: string }> {
  try {
    const bytes = await readRange(path, 0, MAX_BYTES + 1);
    if (bytes.byteLength > MAX_BYTES) return { problem: `it is larger than ${MAX_BYTES} bytes` };
    return sourceText(bytes);
  } catch (error) {
    if (error instanceof PythonError) return { problem: error.message };
    return { problem: `it cannot be read: ${readWords(error)}` };
  }
}

async function nameProblems(directory: string, name: string): Promise<string[]> {
  const problem = mathNameProblem(name);
  const problems = problem === undefined ? [] : [`it cannot be ordered by its name: ${problem}`];
  if (STANDARD_MODULES.has(name)) problems.push(`Python's own module ${name} is imported instead of it; rename it`);
  else if (WORKER_MODULES.has(name))
    problems.push(`the module ${name} of the worker is imported instead of it; rename it`);
  else if (await exists(below(directory, `${name}/__init__.py`)))
    problems.push(`the package ${name}/ in the same folder is imported instead of it; rename one`);
  return problems;
}
