// packed.mjs make|restore: what npm runs before and after it packs; see build/packed.mjs.
import { fileURLToPath } from 'node:url';

import { makePacked, restorePacked } from './build/packed.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
if (process.argv[2] === 'make') makePacked(root);
else restorePacked(root);
