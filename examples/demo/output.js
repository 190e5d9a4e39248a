import { SingleBar } from 'cli-progress';
export function size(bytes) {
    if (bytes < 1000)
        return `${bytes} B`;
    return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
function tableLines(rows) {
    const names = Object.keys(rows[0] ?? {});
    const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
    const widths = names.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
    const lines = cells.map((line) => line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
    return [lines[0] ?? '', widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)];
}
export function createOutput(stream = process.stdout) {
    const line = (text) => void stream.write(`  ${text}\n`);
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
            const finish = () => {
                if (running)
                    bar?.stop();
                running = false;
            };
            return {
                onProgress: ({ name, bytes, totalBytes = bytes, filesDone, filesTotal = 1 }) => {
                    const many = filesTotal > 1;
                    const total = Math.max(many ? filesTotal : totalBytes, 1);
                    const text = many ? `${filesDone} of ${filesTotal} files` : `${name}, ${size(totalBytes)}`;
                    if (!running)
                        bar?.start(total, 0, { text });
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
