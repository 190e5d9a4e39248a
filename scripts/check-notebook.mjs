// check-notebook.mjs FILE: no cell failed (tslab tells that on the standard error stream), and there are tables and a plot.
import { readFileSync, writeFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const notebook = JSON.parse(readFileSync(file, 'utf8'));
const problems = [];
let plots = 0;
let tables = 0;
notebook.cells.forEach(({ cell_type: kind, outputs = [] }, index) => {
  if (kind !== 'code') return;
  for (const output of outputs) {
    const text = [output.text ?? []].flat().join('');
    if (output.output_type === 'error') problems.push(`cell ${index + 1}: ${output.ename}: ${output.evalue}`);
    if (output.name === 'stderr') problems.push(`cell ${index + 1} wrote to stderr: ${text}`);
    if (text.includes('┌')) tables += 1;
    if (output.data?.['image/svg+xml'] !== undefined) plots += 1;
  }
});
if (plots === 0) problems.push('no plot');
if (tables === 0) problems.push('no table');
notebook.metadata.language_info = { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' };
writeFileSync(file, `${JSON.stringify(notebook, null, 1)}\n`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
