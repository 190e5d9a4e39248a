import { SingleBar } from 'cli-progress';
import type { TransferProgress } from '@lab/sdc';

/** Where a demo tells what it does: with progress bars on a terminal, in plain lines elsewhere. */
export interface Output {
  title(text: string): void;
  line(text: string): void;
  /** Shows the progress of one transfer after another; pass `onProgress` to the call and `stop` afterwards. */
  transfers(verb: string): { onProgress: (progress: TransferProgress) => void; stop: () => void };
  table(rows: readonly Readonly<Record<string, string | number>>[]): void;
}

export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function tableLines(rows: readonly Readonly<Record<string, string | number>>[]): string[] {
  const names = Object.keys(rows[0] ?? {});
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0] ?? '', widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)];
}

export function createOutput(stream: NodeJS.WriteStream = process.stdout): Output {
  const line = (text: string): void => void stream.write(`  ${text}\n`);
  return {
    title: (text) => void stream.write(`\n${text}\n`),
    line,
    transfers: (verb) => {
      // One bar for all files where their number is known, else one for the bytes of the file.
      const bar = stream.isTTY
        ? new SingleBar({
            format: `  ${verb} [{bar}] {percentage}% {text}`,
            hideCursor: true,
            clearOnComplete: true,
            stream,
          })
        : undefined;
      let running = false;
      const finish = (): void => {
        if (running) bar?.stop();
        running = false;
      };
      return {
        onProgress: ({ name, bytes, totalBytes = bytes, filesDone, filesTotal = 1 }) => {
          const many = filesTotal > 1;
          const total = Math.max(many ? filesTotal : totalBytes, 1);
          const text = many ? `${filesDone} of ${filesTotal} files` : `${name}, ${size(totalBytes)}`;
          if (!running) bar?.start(total, 0, { text });
          running = true;
          bar?.setTotal(total);
          bar?.update(many ? filesDone : bytes, { text });
        },
        stop: finish,
      };
    },
    table: (rows) => tableLines(rows).forEach(line),
  };
}
