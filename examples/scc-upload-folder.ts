// Upload every measurement of a folder; radiosondes (rs_*) are found by the names inside the files.
import { sccSession } from '@lab/sdc';

await using scc = await sccSession();
for await (const result of scc.uploadFiles('data', { systemId: 437, skipCalibration: true })) {
  if (result.status === 'failed') console.error(`${result.file}: ${result.error.message}`);
  else console.log(`${result.file} is ${result.measurementId}`);
}
