import { getValue, setValue } from './python/config-values.js';
import { readConfig } from './python/config-file.js';
import { ProcessingFolder } from './host/folder.js';
import { runLine } from './host/line-job.js';
import { DEM_DIRECTORY } from './settings.js';
import { findOrder } from './web/status-source.js';
import type { ScopsOperator } from './types.js';
import type { World } from './world/world.js';

/** What people with an account on the processing host do by hand. */
export function createOperator(world: () => World): ScopsOperator {
  return {
    writeConfig: (configName, text) => {
      world().disk.write(world().configPath(configName), text);
    },
    removeConfig: (configName) => {
      world().disk.remove(world().configPath(configName));
    },
    approveFtpDem: (configName, dem) => {
      const { disk } = world();
      const config = readConfig(disk.text(world().configPath(configName)) ?? '');
      setValue(config, 'DEFAULT', 'ftp_dem_confirmed', 'True');
      if (dem !== undefined) {
        const path = `${DEM_DIRECTORY}ftp_${configName}.dem`;
        disk.write(path, dem.data);
        if (dem.header !== undefined) disk.write(path.replace(/dem$/, 'hdr'), dem.header);
        setValue(config, 'DEFAULT', 'dem_name', path);
      }
      world().saveConfig(configName, config);
    },
    rerun: (processingId, line) => {
      const { config } = findOrder(world(), processingId);
      const folder = new ProcessingFolder(world(), processingId, getValue(config, 'DEFAULT', 'project_code'));
      world().schedule.start(runLine(folder, config, line));
    },
  };
}
