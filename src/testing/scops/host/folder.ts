import { OUTPUT_DIRECTORY } from '../settings.js';
import { logTime } from '../world/stamp.js';
import type { World } from '../world/world.js';
import { megabytesOf, progressOf, withUnit } from './progress.js';

/** Folder, files and database rows of one order on the processing host. */
export class ProcessingFolder {
  readonly world: World;
  readonly id: string;
  readonly project: string;

  constructor(world: World, id: string, project: string) {
    this.world = world;
    this.id = id;
    this.project = project;
  }

  /** Absolute, without trailing slash. */
  get path(): string {
    return `${OUTPUT_DIRECTORY}${this.id}`;
  }

  statusFile(product: string): string {
    return `${this.path}/status/${product}_status.txt`;
  }

  logFile(product: string): string {
    return `${this.path}/logs/${product}_log.txt`;
  }

  productZip(product: string): string {
    return `${this.path}/mapped/${product}3b_mapped.bil.zip`;
  }

  /** A product of the order, not yet started. */
  register(product: string): void {
    this.insertRow(product);
    this.world.disk.write(this.statusFile(product), `${product} = waiting`);
    this.world.disk.write(this.logFile(product), '');
  }

  /** A line that was deselected: it has a status file and nothing else. */
  registerDeselected(line: string): void {
    this.world.disk.write(this.statusFile(line), `${line} = not processing`);
  }

  /** Adds a database row; every product gets one at the submission and one at its start. */
  insertRow(product: string): void {
    const { serverBase, generation } = this.world.settings;
    if (generation !== 'b') return;
    this.world.rows.push({
      processingId: this.id,
      name: product,
      stage: 'Waiting to process',
      progress: 0,
      filesize: 0,
      bytesize: 0,
      flag: false,
      link: `${serverBase}/processor/downloads/${this.id}/${product}?&project=${this.project}`,
      zipsize: 0,
      zipbyte: 0,
    });
  }

  /** The log is begun again; its first entry goes over two lines. */
  begin(product: string): void {
    this.insertRow(product);
    this.world.disk.write(this.statusFile(product), `${product} = initialising`);
    this.world.disk.write(this.logFile(product), '');
    this.log(product, 'processing host: node01\nLinux x86_64');
  }

  stageOf(product: string): string {
    return this.world.disk.text(this.statusFile(product))?.split(' = ')[1] ?? '';
  }

  /** Writes the status file and every database row of the product. */
  setStage(product: string, stage: string): void {
    this.world.disk.write(this.statusFile(product), `${product} = ${stage}`);
    for (const row of this.rowsOf(product)) {
      row.stage = stage;
      row.flag ||= stage.includes('ERROR');
    }
    this.log(product, `${product} is now at ${stage}`, stage.startsWith('ERROR') ? 'ERROR' : 'INFO');
  }

  log(product: string, text: string, level = 'INFO'): void {
    const { disk, now, settings } = this.world;
    disk.append(this.logFile(product), `${logTime(now, settings.timeZone)} - ${level} - ${text}\n`);
    this.#refreshRows(product);
  }

  /** Stages of all products and deselected lines of the order. */
  allStages(): string[] {
    const { disk } = this.world;
    return disk.list(`${this.path}/status/`).map((file) => disk.text(file)?.split(' = ')[1] ?? '');
  }

  rowsOf(product: string): World['rows'] {
    return this.world.rows.filter((row) => row.processingId === this.id && row.name === product);
  }

  /** The last values that reach the database are often stale: `complete` comes with 95, 57.5 or 0 percent. */
  complete(product: string, zipBytes: number): void {
    const { world } = this;
    this.setStage(product, 'complete');
    const stale = [95, 57.5, 0][world.completions % 3] ?? 0;
    world.completions += 1;
    // Python 2 divides whole numbers without remainder: a small zip has no size at all.
    const { size, unit } = withUnit(Math.floor(zipBytes / 1_048_576));
    for (const row of this.rowsOf(product)) {
      row.progress = world.settings.staleProgress ? stale : 100;
      row.zipsize = size;
      row.zipbyte = unit;
    }
  }

  #refreshRows(product: string): void {
    const log = this.world.disk.text(this.logFile(product)) ?? '';
    const { size, unit } = withUnit(megabytesOf(log));
    for (const row of this.rowsOf(product)) {
      row.progress = progressOf(row.stage, log);
      if (size === 0) continue;
      row.filesize = size;
      row.bytesize = unit;
    }
  }
}
