// late.mjs FOLDER DATABASE: uses what the package loads at first use only, and prints what came of it as JSON.
// FOLDER holds raw lidar files (one netCDF 4, one classic); DATABASE is a status database of SCOPS.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadSccSettings, SCC, scopsEnvironment, ScopsWorkspace } from '@lab/sdc';
import { simulateScc } from '@lab/sdc/testing';

const [measurements, DB_LOCATION] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'sdc-late-'));
try {
  const settings = join(folder, 'scc.yaml');
  writeFileSync(settings, 'basic_credentials: [site, one]\nwebsite_credentials: ["me", two]\noutput_dir: >-\n  out\n', {
    mode: 0o600,
  });
  const { credentials, outputDir } = await loadSccSettings(settings);

  const sim = simulateScc();
  const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch });
  const uploads = [];
  for await (const { file, status, measurementId, error } of scc.uploadFiles(measurements, { systemId: 437 }))
    uploads.push({ file: file.split(/[\\/]/u).at(-1), status, measurementId, error: error?.message });
  const { id } = await scc.getMeasurement('20210601aky0930');
  await scc.close();

  const job = 'GB13_08_2014_21720180307152902';
  mkdirSync(join(folder, job, 'status'), { recursive: true });
  writeFileSync(join(folder, job, 'status/f21701_status.txt'), 'f21701 = waiting');
  const host = scopsEnvironment({ WEB_CONFIG_DIR: folder, WEB_OUTPUT: `${folder}/`, DB_LOCATION });
  const { state } = await new ScopsWorkspace(host, { statusFrom: 'database' }).status(job);
  console.log(JSON.stringify({ settings: { ...credentials, outputDir }, uploads, found: id, state }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
