import type { ZipInput } from '../../kit/zip.js';
import { emptyConfig, readConfig, writeConfig, type ConfigFile } from '../python/config-file.js';
import { CONFIG_DIRECTORY, type Settings } from '../settings.js';
import type { ScopsCronEntry, ScopsMail, ScopsStatusRow } from '../types.js';
import { Disk } from './disk.js';
import { Schedule } from './schedule.js';

/** A row of the status database, as the host changes it. */
export type StatusRow = { -readonly [Key in keyof ScopsStatusRow]: ScopsStatusRow[Key] };

/** Everything that the web service and the processing host share. */
export class World {
  readonly settings: Settings;
  readonly schedule: Schedule;
  readonly disk: Disk;
  readonly outbox: ScopsMail[] = [];
  readonly rows: StatusRow[] = [];
  readonly processingIds: string[] = [];
  readonly cronLog: ScopsCronEntry[] = [];
  /** Members of the project archives by path: running a finished job again appends them once more (pitfall 5). */
  readonly projectZips = new Map<string, ZipInput[]>();
  smtp: boolean;
  /** How often a request page was made; the optimal pixel of generation `a` depends on chance. */
  pageLoads = 0;
  /** How many products have ended; the stale values of the status database go by it. */
  completions = 0;

  constructor(settings: Settings, start: number) {
    this.settings = settings;
    this.smtp = settings.smtp;
    this.schedule = new Schedule(start);
    this.disk = new Disk(() => this.now);
  }

  get now(): number {
    return this.schedule.now;
  }

  configPath(configName: string): string {
    return `${CONFIG_DIRECTORY}${configName}.cfg`;
  }

  /** A config by name; where there is none, an empty one, as ConfigParser reads a missing file. */
  loadConfig(configName: string): ConfigFile {
    const text = this.disk.text(this.configPath(configName));
    return text === undefined ? emptyConfig() : readConfig(text);
  }

  saveConfig(configName: string, config: ConfigFile): void {
    this.disk.write(this.configPath(configName), writeConfig(config));
  }
}
