import type { Value } from './run/values.js';

/** What is wrong with a value that `run` returns. */
export function outputProblem(value: Value, hsiFilename: string): string | undefined {
  switch (value.kind) {
    case 'text':
      return nameProblem(value.text, hsiFilename);
    case 'none':
      return 'run returns no path of the file that it wrote';
    case 'never':
      return 'run always ends with an exception';
    case 'number':
    case 'boolean':
      return `run returns a ${value.kind}, not the path of the file that it wrote`;
    case 'tuple':
    case 'function':
    case 'class':
    case 'instance':
    case 'method':
      return `run returns ${value.kind === 'instance' ? 'an' : 'a'} ${value.kind}, not the path of the file that it wrote`;
    case 'object':
      return `run returns ${value.what}, not the path of the file that it wrote`;
    case 'foreign':
      return value.isModule ? 'run returns a module, not the path of the file that it wrote' : undefined;
    case 'either':
    case 'missing':
    case 'unknown':
      return undefined;
  }
}

/** The worker takes the line from the name of the returned file: what stands before its last `1b`, without dots and `bil`. */
function lineOf(path: string): string {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replaceAll('.', '')
    .replaceAll('bil', '');
  return name.slice(0, Math.max(0, name.lastIndexOf('1b')));
}

function nameProblem(path: string, hsiFilename: string): string | undefined {
  const line = lineOf(hsiFilename);
  if (lineOf(path) === line) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `run returns ${JSON.stringify(name)} for line ${line}: the name must begin with ${line}1b, and not have another 1b behind it, since the worker takes the line from it`;
}
