// Known vulnerabilities in what users install. A registry without an audit endpoint is no failure of ours.
import { spawnSync } from 'node:child_process';

const audit = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 50_000 });
let report;
try {
  report = JSON.parse(audit.stdout);
} catch {
  report = undefined;
}
const found = report?.metadata?.vulnerabilities;
if (found === undefined) {
  console.log('skipped: this registry answers no audit');
} else {
  console.log(JSON.stringify(found));
  for (const [name, { severity }] of Object.entries(report.vulnerabilities ?? {})) console.log(`${severity}: ${name}`);
  process.exitCode = found.high + found.critical > 0 ? 1 : 0;
}
