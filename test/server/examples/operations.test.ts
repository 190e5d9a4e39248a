import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { tempDir } from '../../support/temp-dir.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'examples/operations');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const units = readdirSync(folder).filter((name) => /\.(?:service|timer)$/u.test(name));

/** What `systemd-analyze verify` has to say about units in a folder. */
function analyzed(at: string, names: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    'systemd-analyze',
    ['verify', '--man=no', ...names.map((name) => join(at, name))],
    { encoding: 'utf8' },
  );
  return { status, said: stdout + stderr };
}

/** Copies of the units, with a program that every machine has in place of the command. */
function copies(): string {
  const at = tempDir();
  for (const name of units) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(at, name), text.replaceAll('/usr/local/bin/sdc', '/bin/sh'));
  }
  return at;
}

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.skipIf(!hasSystemd)('the systemd units', () => {
  test('are what systemd understands', () => {
    expect(units.length).toBeGreaterThan(3);
    expect(analyzed(copies(), units)).toEqual({ status: 0, said: '' });
  });

  test('would be refused with a misspelt line', () => {
    const at = copies();
    const name = 'sdc-mirror.service';
    writeFileSync(join(at, name), readFileSync(join(at, name), 'utf8').replace('RestartSec=', 'RestartSeconds='));
    expect(analyzed(at, [name]).said).toContain('RestartSeconds');
  });
});

describe('each unit', () => {
  test.each(units.filter((name) => name.endsWith('.service')))(
    '%s runs as an ordinary user, without secrets',
    (name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(text).toMatch(/^User=sdc$/mu);
      expect(text).toMatch(/^NoNewPrivileges=yes$/mu);
      expect(text).not.toMatch(/^Environment=/mu);
    },
  );

  test.each(units.filter((name) => name.endsWith('.timer')))('%s starts a service of its name', (name) => {
    expect(units).toContain(name.replace('.timer', '.service'));
  });

  test('of the mirror is repeated after 75, and after nothing else that the command ends with', () => {
    const text = readFileSync(join(folder, 'sdc-mirror.service'), 'utf8');
    const codes = Array.from(read('docs/cli.md').matchAll(/^\| +(\d+) \|/gmu), ([, code]) => Number(code));
    const never = /^RestartPreventExitStatus=(.*)$/mu.exec(text)?.[1]?.split(' ').map(Number) ?? [];
    const clean = /^SuccessExitStatus=(.*)$/mu.exec(text)?.[1]?.split(' ').map(Number) ?? [];
    // 129 and 130 come from terminals, which a unit has not.
    expect(codes.filter((code) => ![0, 129, 130, ...never, ...clean].includes(code))).toEqual([75]);
  });
});

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions of a Containerfile, without comments, lines joined. */
function instructions(path: string): Instruction[] {
  const lines = read(path).replace(/^#.*$/gmu, '').replaceAll('\\\n', ' ').split('\n');
  return lines.flatMap((line) => {
    const [, name, text] = /^([A-Z]+)\s+(.*)$/u.exec(line.trim()) ?? [];
    return name === undefined || text === undefined ? [] : [{ name, text }];
  });
}

describe.each(['examples/operations/Containerfile', 'examples/queue/Containerfile'])('%s', (path) => {
  const all = instructions(path);
  const texts = (name: string): string[] => all.filter((one) => one.name === name).map(({ text }) => text);
  const last = all.slice(all.map(({ name }) => name).lastIndexOf('FROM'));

  test('pins the major version of Node.js, to one that the tests run on', () => {
    const tested = /majors='([^']*)'/u.exec(read('.ci/run'))?.[1]?.split(' ');
    for (const from of texts('FROM')) {
      const [, major] = /^docker\.io\/library\/node:(\d+)(?:\.[\d.]+)?-slim(?: AS \w+)?$/u.exec(from) ?? [];
      expect(tested).toContain(major);
    }
  });

  test('ends as an ordinary user, whom a cluster knows by the number', () => {
    const users = last.filter(({ name }) => name === 'USER').map(({ text }) => text);
    expect(users).toEqual([expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/u)]);
    const after = last.slice(last.findIndex(({ name }) => name === 'USER') + 1).map(({ name }) => name);
    expect(after).not.toContain('RUN');
  });

  test('installs what the lock file says, without development tools and install scripts', () => {
    expect(texts('RUN').filter((text) => text.includes('npm'))).toEqual([
      'npm ci --omit=dev --ignore-scripts --no-audit --no-fund',
    ]);
  });

  test('has no secrets in it', () => {
    expect(texts('ARG')).toEqual([]);
    expect(texts('ENV').join(' ')).not.toMatch(/key|token|password|secret|redis_url/iu);
    for (const text of texts('COPY')) expect(text).not.toMatch(/^(?:\S+ )*\.\/? |\.env|npmrc/u);
    expect(texts('ADD')).toEqual([]);
  });

  test('starts the program without a shell, so that signals reach it', () => {
    for (const name of ['ENTRYPOINT', 'CMD']) {
      expect(texts(name)).toHaveLength(1);
      expect(() => JSON.parse(texts(name)[0] ?? '') as unknown).not.toThrow();
    }
  });
});

test('the image of the command starts the command of the package', () => {
  const { bin } = JSON.parse(read('package.json')) as { bin: { sdc: string } };
  const [entry] = instructions('examples/operations/Containerfile').filter(({ name }) => name === 'ENTRYPOINT');
  expect(JSON.parse(entry?.text ?? '')).toEqual(['node', join('/opt/sdc/node_modules/@lab/sdc', bin.sdc)]);
});

test('the image of the queue has every module that its programs import, and what they need at run time', () => {
  const { dependencies } = JSON.parse(read('examples/queue/package.json')) as { dependencies: Record<string, string> };
  const at = join(root, 'examples/queue');
  const copied = readdirSync(at).filter((name) => name.endsWith('.ts'));
  const imports = copied.flatMap((name) =>
    Array.from(readFileSync(join(at, name), 'utf8').matchAll(/from '([^']+)'/gu), ([, path = '']) => path),
  );
  for (const path of imports.filter((name) => name.startsWith('.')))
    expect(copied).toContain(path.replace('./', '').replace('.js', '.ts'));
  for (const path of imports.filter((name) => !/^(?:\.|node:)/u.test(name)))
    expect(Object.keys(dependencies)).toContain(path.replace(/^((?:@[^/]+\/)?[^/]+).*$/u, '$1'));
  const health = instructions('examples/queue/Containerfile').filter(({ name }) => name === 'HEALTHCHECK');
  expect(health).toHaveLength(1);
});

describe('the CronJob', () => {
  interface Pod {
    readonly restartPolicy: string;
    readonly securityContext: { readonly runAsNonRoot: boolean };
    readonly containers: readonly {
      readonly name: string;
      readonly image: string;
      readonly args: string[];
      readonly env?: unknown;
    }[];
  }
  interface CronJob {
    readonly spec: {
      readonly concurrencyPolicy: string;
      readonly jobTemplate: {
        readonly spec: {
          readonly podFailurePolicy: {
            readonly rules: readonly {
              readonly action: string;
              readonly onExitCodes: {
                readonly containerName: string;
                readonly operator: string;
                readonly values: number[];
              };
            }[];
          };
          readonly template: { readonly spec: Pod };
        };
      };
    };
  }
  const { spec } = parse(read('examples/operations/cronjob.yaml')) as CronJob;
  const job = spec.jobTemplate.spec;
  const pod = job.template.spec;

  test('repeats what may pass, and nothing else', () => {
    const [rule, ...more] = job.podFailurePolicy.rules;
    expect(more).toEqual([]);
    expect(rule).toMatchObject({
      action: 'FailJob',
      onExitCodes: { containerName: pod.containers[0]?.name, operator: 'NotIn' },
    });
    expect(rule?.onExitCodes.values).toContain(75);
    for (const code of [1, 2, 3, 4, 5]) expect(rule?.onExitCodes.values).not.toContain(code);
    // A policy for failed pods wants this.
    expect(pod.restartPolicy).toBe('Never');
    expect(spec.concurrencyPolicy).toBe('Forbid');
  });

  test('runs as an ordinary user, with a fixed version and without secrets', () => {
    expect(pod.securityContext.runAsNonRoot).toBe(true);
    for (const { image, env } of pod.containers) {
      expect(image).toMatch(/:\d+\.\d+\.\d+$/u);
      expect(env).toBeUndefined();
    }
  });
});
