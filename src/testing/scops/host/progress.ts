/** Progress at the start of a stage, and what the stage adds. */
const SCALE: Readonly<Record<string, readonly [base: number, weight: number]>> = {
  aplmask: [0, 15],
  aplcorr: [15, 15],
  apltran: [30, 15],
  aplmap: [45, 50],
  'waiting to zip': [95, 5],
  zipping: [95, 5],
  complete: [100, 0],
};

const LABELS: Readonly<Record<string, string>> = {
  aplmask: 'Masking',
  aplcorr: 'Geo-correction',
  apltran: 'Translating',
  aplmap: 'Mapping',
  'waiting to zip': 'Zipping',
  zipping: 'Zipping',
  complete: 'Complete',
};

/** Percent of a product by its stage and log: a percent line counts only if it is the last one. */
export function progressOf(stage: string, log: string): number {
  const [base, weight] = SCALE[withoutError(stage)] ?? [0, 0];
  let percent = 0;
  for (const line of log.trimEnd().split('\n').slice(-6)) {
    percent = Number(/Approximate percent complete: (\d+)/.exec(line)?.[1] ?? 0);
  }
  return stage.startsWith('ERROR') ? base : base + (percent / 100) * weight;
}

/** What the file mode calls a stage. */
export function labelOf(stage: string): string {
  return LABELS[withoutError(stage)] ?? 'Waiting to process';
}

/** Unzipped size in megabytes: the number before that word in the log; 0 until known. */
export function megabytesOf(log: string): number {
  return Number(/([\d.]+) megabytes/.exec(log)?.[1] ?? 0);
}

/** A size with its unit: gigabytes above 500 MB. */
export function withUnit(megabytes: number): { size: number; unit: 'MB' | 'GB' } {
  return megabytes > 500 ? { size: megabytes / 1024, unit: 'GB' } : { size: megabytes, unit: 'MB' };
}

function withoutError(stage: string): string {
  return stage.replace(/^ERROR - /, '');
}
