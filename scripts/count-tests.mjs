// Prints "<passed> <failed>" of a vitest JSON report, then one line for each test or file that failed.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let passed = 0;
const failures = [];
for (const file of report.testResults) {
  const name = relative(process.cwd(), file.name);
  const broken = file.assertionResults.filter(({ status }) => status === 'failed');
  passed += file.assertionResults.filter(({ status }) => status === 'passed').length;
  for (const test of broken) failures.push(`${name}: ${test.fullName}`);
  // A file that could not be loaded has no tests to tell of.
  if (file.status === 'failed' && broken.length === 0) failures.push(`${name}: ${file.message.split('\n')[0]}`);
}
console.log(`${passed} ${failures.length}`);
for (const failure of failures) console.log(failure);
