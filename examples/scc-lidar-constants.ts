// Calibration constants of two weeks.
import { sccSession } from '@lab/sdc';

await using scc = await sccSession();
const constants = await scc.getLidarConstants({ dateStart: '2021-06-01', dateEnd: '2021-06-15' }).toArray();
console.table(
  constants.map(({ measurementId, detectionWavelength, lidarConstant, lidarConstantStatErr }) => ({
    measurementId,
    detectionWavelength,
    lidarConstant,
    lidarConstantStatErr,
  })),
);
