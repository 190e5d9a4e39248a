// Bundles the entries and the command line into a folder of this project, without declarations, for the tests: node scripts/bundles.mjs FOLDER
import { fileURLToPath } from 'node:url';

import { bundleCli } from './build/cli.mjs';
import { bundleEntries } from './build/entries.mjs';
import { packExamples } from './build/examples.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const [, , folder] = process.argv;
packExamples(root, folder);
await Promise.all([bundleEntries(root, folder), bundleCli(root, folder)]);
