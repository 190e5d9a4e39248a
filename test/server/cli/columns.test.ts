import { expect, test } from 'vitest';
import { simulateHmi, simulateImap } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { isFull } from '../../support/full.js';
import { start } from '../../support/server.js';
import { hasPseudoTerminal, sdcOnTerminal } from './run.js';
import { screen } from './screen.js';

const onTerminal = test.skipIf(!hasPseudoTerminal);
const WIDTHS = isFull ? ([[60], [80], [200]] as const) : ([[60]] as const);
const bar = /\[[=-]+\]/u;

/** Every bar that was drawn, one by one. */
function drawn(out: string): string[] {
  return out
    .split('\u001B[')
    .map((part, at) => (at === 0 ? part : part.replace(/^\??\d*[A-Za-z]/u, '')))
    .join('\n')
    .split(/[\r\n]+/u)
    .filter((line) => bar.test(line));
}

onTerminal.each(WIDTHS)('of %i columns: lines above the bars are whole, bars fit', async (columns) => {
  const server = await start(simulateImap());
  const data = tempDir();
  const { code, out } = await sdcOnTerminal(['imap', 'query', '--instrument', 'mag', '--download', '--verbose'], {
    env: { IMAP_DATA_ACCESS_URL: server.url, IMAP_DATA_DIR: data },
    columns,
  });
  expect(code).toBe(0);
  expect(out, 'the terminal is never told not to wrap').not.toContain('[?7l');
  const bars = drawn(out);
  expect(bars.length).toBeGreaterThan(0);
  for (const line of bars) expect(line.length, line).toBeLessThan(columns);
  const lines = screen(out, columns);
  const files = lines.filter((line) => line.startsWith('Successfully downloaded the file to: '));
  expect(lines.at(-1)).toMatch(
    /^\d+ files: \d+ new, 0 changed, 0 already there, 0 failed; [\d.]+ k?B in [\d.]+ (?:ms|s)$/u,
  );
  expect(lines.at(-1)).toContain(`${files.length} files: ${files.length} new`);
  for (const line of files)
    expect(line).toMatch(new RegExp(`^Successfully downloaded the file to: ${data}\\S+\\.(?:cdf|pkts)$`, 'u'));
  // What a client reports while bars are drawn is a line of its own too.
  for (const line of lines) expect(line.match(/(?:Successfully|info: )/gu)?.length ?? 0, line).toBeLessThan(2);
});

onTerminal.each(WIDTHS)('of %i columns: bars of many files with long names fit', async (columns) => {
  const server = await start(simulateHmi({ fileBytes: 200_000 }));
  const day = ['2015-12-11T00:00', '2015-12-11T00:30'];
  const { code, out } = await sdcOnTerminal(
    ['hmi', 'download', 'hmi.sharp_720s', ...day, 'fits', '--concurrency', '8'],
    {
      env: { HMI_BASE_URL: server.url },
      columns,
    },
  );
  expect(code).toBe(0);
  for (const line of drawn(out)) expect(line.length, line).toBeLessThan(columns);
  const files = screen(out, columns).filter((line) => line.startsWith('downloaded  '));
  for (const line of files) expect(line).toMatch(/^downloaded {2}\S+\/fits\/\S+\.fits \(\d+\.\d kB\)$/u);
  expect(screen(out, columns).at(-1)).toContain(`${files.length} files: ${files.length} new`);
});

// Every page in every width, without a terminal: test/unit/cli/help-width.test.ts
const PAGES = [['--help'], ['scc', '--help'], ['scops', 'process', '--help'], ['imap', 'query', '--help']];
onTerminal.each([[60], [80], [120]])('of %i columns: help fits', async (columns) => {
  for (const args of isFull ? PAGES : PAGES.slice(-1)) {
    const { out } = await sdcOnTerminal(args, { columns });
    for (const line of out.split(/\r?\n/u)) expect(line.length, line).toBeLessThanOrEqual(columns);
    expect(Math.max(...out.split(/\r?\n/u).map(({ length }) => length))).toBeGreaterThan(columns - 20);
  }
});
