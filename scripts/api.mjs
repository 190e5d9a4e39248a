// api.mjs [--check]: writes what the package offers into etc/api, one report an entry, from the declarations that were built;
// with --check it compares instead, and fails with the lines that differ. A change of a report is a change of the public API.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

import { ENTRIES } from './build/entries.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const reports = join(root, 'etc/api');
const silent = { default: { logLevel: 'none' } };

/** The report of one entry. */
function reportOf(entry, folder) {
  const entryPoint = join(root, 'dist/types', entry, 'index.d.ts');
  const reportFileName = `${entry || 'index'}.api.md`;
  const compilerOptions = {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    lib: ['ES2022', 'DOM', 'ESNext.Disposable'],
    types: [],
    strict: true,
    skipLibCheck: true,
  };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(root, 'api-extractor.json'),
    packageJsonFullPath: join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entryPoint,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [entryPoint] } },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      if (message.logLevel === 'error') console.error(message.text);
      message.handled = true;
    },
  });
  if (!succeeded) throw new Error(`the declarations of ${reportFileName} could not be read`);
  return { name: reportFileName, text: readFileSync(join(folder, reportFileName), 'utf8') };
}

/** Lines of one text that the other has not, or not as often. */
function missing(text, other) {
  const left = new Map();
  for (const line of other.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return text.split('\n').filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

function read(name) {
  try {
    return readFileSync(join(reports, name), 'utf8');
  } catch {
    return '';
  }
}

const temporary = mkdtempSync(join(tmpdir(), 'sdc-api-'));
let changed = 0;
try {
  mkdirSync(reports, { recursive: true });
  for (const entry of ENTRIES) {
    const { name, text } = reportOf(entry, temporary);
    const committed = read(name);
    if (text === committed) continue;
    changed += 1;
    if (!process.argv.includes('--check')) {
      writeFileSync(join(reports, name), text);
      console.log(`etc/api/${name} written`);
      continue;
    }
    console.error(`etc/api/${name} is not what was built:`);
    const lines = [
      ...missing(committed, text).map((line) => `  - ${line}`),
      ...missing(text, committed).map((line) => `  + ${line}`),
    ];
    console.error(lines.length === 0 ? '  the same lines in another order' : lines.slice(0, 40).join('\n'));
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
if (changed > 0 && process.argv.includes('--check')) {
  console.error(
    'The public API changed. If that is meant, run `npm run api`, and commit the reports with the changelog entry: they are what a review looks at.',
  );
  process.exitCode = 1;
}
