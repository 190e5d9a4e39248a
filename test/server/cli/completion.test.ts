import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { tempDir } from '../../support/temp-dir.js';
import { cleanEnvironment, hasPseudoTerminal } from './run.js';

/** How a shell is started without anybody's settings, and how it loads the script. */
const SHELLS = {
  bash: { start: 'bash --norc --noprofile -i', load: 'source <(sdc complete bash)' },
  zsh: { start: 'zsh -f -i', load: 'autoload -Uz compinit; compinit -u; bindkey -e; source <(sdc complete zsh)' },
  fish: { start: 'fish --no-config -i', load: 'sdc complete fish | source' },
} as const;
type Shell = keyof typeof SHELLS;

/** What is typed before the tab key, and the words that stand on the line afterwards. */
const LINES: readonly (readonly [typed: string, words: readonly string[]])[] = [
  ['sdc sim', ['simulate']],
  ['sdc simulate h', ['simulate', 'hmi']],
  ['sdc scc upload-f', ['scc', 'upload-file']],
  ['sdc scc scc-rerun --proc', ['scc', 'scc-rerun', '--process']],
  ['sdc scc upload-file --force_u', ['scc', 'upload-file', '--force_upload']],
  ['sdc imap query --table sp', ['imap', 'query', '--table', 'spice']],
  ['sdc imap query --table=sp', ['imap', 'query', '--table=spice']],
  ['sdc hmi nearest x 2015-12-11T00:00 --qua', ['hmi', 'nearest', 'x', '2015-12-11T00:00', '--quality']],
  ['sdc scc upload-file ra', ['scc', 'upload-file', 'raw.nc']],
  ['sdc scc upload-file wi', ['scc', 'upload-file', 'with blank.nc']],
  ['sdc scc --config=ra', ['scc', '--config=raw.nc']],
  ['sdc scc search 2021-06-01 ra', ['scc', 'search', '2021-06-01', 'ra']],
];

/** A folder with files to choose from, and the command in it. */
function desk(): string {
  const home = tempDir();
  for (const name of ['raw.nc', 'with blank.nc']) writeFileSync(join(home, name), '');
  mkdirSync(join(home, 'bin'));
  const command = join(home, 'bin/sdc');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${inject('command')}' "$@"\n`);
  chmodSync(command, 0o755);
  return home;
}

/** Types lines into an interactive shell on a pseudo-terminal, with the tab key behind each; the words that each became. */
async function completed(shell: Shell): Promise<string[][]> {
  const home = desk();
  const env = cleanEnvironment(home, { TERM: 'dumb' });
  const child = spawn('script', ['-qec', `stty cols 200; ${SHELLS[shell].start}`, '/dev/null'], {
    cwd: home,
    env: { ...env, PATH: `${home}/bin:${env.PATH ?? ''}` },
  });
  let seen = '';
  let told = (): void => undefined;
  let failed = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      failed();
      resolve();
    });
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
    told();
  });
  const until = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      failed = () => reject(new Error(`${shell} ended: ${seen.slice(-500)}`));
      told = () => {
        const found = pattern.exec(seen);
        if (found === null) return;
        seen = '';
        resolve(found);
      };
      told();
    });
  // In two parts, so that the echo of what is typed is not the answer.
  child.stdin.write(`${SHELLS[shell].load}; printf '%s\\n' LOAD""ED\r`);
  await until(/LOADED\r?\n/u);
  const lines: string[][] = [];
  for (const [typed] of LINES) {
    // Afterwards the beginning of the line becomes a command that shows all words.
    child.stdin.write(`${typed}\t\u0001printf '<%s>' \u0005; printf '%s\\n' E""ND\r`);
    const [, words = ''] = await until(/((?:<[^<>]*>)+)END\r?\n/u);
    lines.push(Array.from(words.matchAll(/<([^<>]*)>/gu), ([, word = '']) => word).slice(1));
  }
  // This line is taken back, so only the completion could run what is in it.
  child.stdin.write(`sdc imap query --descriptor "$(touch harm)" --tab\t\u0015 printf '%s\\n' E""ND\r`);
  await until(/END\r?\n/u);
  expect(existsSync(join(home, 'harm')), 'what is typed is not run').toBe(false);
  child.stdin.end('exit\r');
  await ended;
  return lines;
}

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  const there = hasPseudoTerminal && spawnSync(shell, ['--version']).status === 0;
  if (!there) console.warn(`skipped: completion in ${shell} needs ${shell}, and \`script\` of util-linux`);
  test.skipIf(!there)(`the tab key completes commands, options, values and files in ${shell}`, async () => {
    const lines = await completed(shell);
    expect(lines.map((words, at) => [LINES[at]?.[0], words.map((word) => word.replace(/\/$/u, ''))])).toEqual(LINES);
  });
}
