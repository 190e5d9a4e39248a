// Writes dist/THIRD-PARTY-LICENSES.txt: the licences of the libraries whose code became part of the package's own files.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What scripts/vendor.mjs copies. */
const VENDORED = ['node_modules/h5wasm', 'node_modules/sql.js'];

export function writeLicences(root, metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = inputs.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/u) ?? []);
  const licences = [...new Set([...folders, ...VENDORED])].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/iu.test(entry));
    if (license === undefined && file === undefined) throw new Error(`${name} names no licence`);
    const text = file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8');
    return `${name} ${version} (${license})\n\n${text}`.trim();
  });
  writeFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), `${licences.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`);
}
