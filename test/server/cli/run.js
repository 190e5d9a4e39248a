import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
/** A folder that is gone after the test. */
export function folder() {
    const path = mkdtempSync(join(tmpdir(), 'sdc-cli-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    return path;
}
/** An environment without any setting of whoever runs the tests. */
export function cleanEnvironment(home, more = {}) {
    const { PATH = '' } = process.env;
    return { PATH, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), NO_COLOR: '1', COLUMNS: '80', ...more };
}
/** Runs the built command as a child process. */
export async function sdc(args, options = {}) {
    const cwd = options.cwd ?? folder();
    const child = spawn(process.execPath, [inject('command'), ...args], {
        cwd,
        env: cleanEnvironment(cwd, options.env),
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
    child.stdin.end(options.input ?? '');
    const ended = new Promise((resolve, reject) => {
        child.on('error', reject).on('close', resolve);
    });
    await options.during?.(child);
    return { code: await ended, out, err };
}
/** Whether `script` of util-linux is there, which gives a program a real terminal. */
export const hasPseudoTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');
/** Runs the built command on a pseudo-terminal of 100 columns; `typed` is what its user types. */
export async function sdcOnTerminal(args, options = {}) {
    const cwd = options.cwd ?? folder();
    const quoted = [process.execPath, inject('command'), ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
    const child = spawn('script', ['-qec', `stty cols 100; ${quoted.join(' ')}`, '/dev/null'], {
        cwd,
        env: cleanEnvironment(cwd, { TERM: 'xterm', ...options.env }),
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
    const ended = new Promise((resolve, reject) => {
        child.on('error', reject).on('close', resolve);
    });
    await options.during?.(child);
    child.stdin.end();
    return { code: await ended, out, err: '' };
}
/** A text with what differs from run to run taken out. */
export function stable(text, replacements = {}) {
    let result = text;
    for (const [value, name] of Object.entries(replacements))
        result = result.replaceAll(value, name);
    return result.replaceAll(/127\.0\.0\.1:\d+/gu, '127.0.0.1:PORT').replaceAll(/[ \t]+$/gmu, '');
}
/** Path of a file with the expected output. */
export function expected(name) {
    return join(import.meta.dirname, '../../fixtures/cli', name);
}
