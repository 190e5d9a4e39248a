import { basename } from 'node:path';
import { diskWords, isDiskError } from '../../core/files/system-error.js';
import type { DataFile } from '../../read/index.js';
import type { Context } from '../command/context.js';
import { UsageError } from '../command/usage-error.js';
import { partOf } from './part.js';

/**
 * Plots the variable that `-v` names, or the only one of the file, where `--plot` asks for it.
 *
 * @returns Where it is; `undefined` where none was asked for.
 */
export async function plotPart({ input, signal }: Context, file: DataFile): Promise<string | undefined> {
  const [to, against, error] = [input.text('plot'), input.text('against'), input.text('error')];
  if (to === undefined) {
    if (against !== undefined || error !== undefined) throw new UsageError('--against and --error belong to --plot');
    return undefined;
  }
  if (!/\.(?:svg|png)$/iu.test(to)) throw new UsageError(`--plot: ${to} must end in .svg or .png`);
  if (file.variables.size === 0) throw new UsageError('--plot: there is no variable in this file');
  const [text, ...more] = input.list('variable') ?? [...file.variables.keys()];
  if (text === undefined || more.length > 0)
    throw new UsageError(`--plot needs one variable; name it with -v: ${listed([...file.variables.keys()])}`);
  const { variable, read } = partOf(file, text);
  const options = {
    ...read,
    to,
    title: `${basename(input.argument('file'))}: ${text}`,
    against: against === undefined ? undefined : partOf(file, against).variable,
    error: error === undefined ? undefined : partOf(file, error).variable,
    signal,
  };
  const { plot } = await import('../../read/index.js');
  try {
    await plot(variable, options);
  } catch (cause) {
    throw isDiskError(cause) ? new Error(`${to} could not be written: ${diskWords(cause)}`, { cause }) : cause;
  }
  return to;
}

const listed = (names: readonly string[]): string =>
  [...names.slice(0, 12), ...(names.length > 12 ? ['…'] : [])].join(', ');
