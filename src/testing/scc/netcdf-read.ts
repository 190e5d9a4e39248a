/** What the SCC takes from the head of a raw file. */
export interface RawFileHead {
  readonly measurementId: string | undefined;
  readonly soundingFile: string | undefined;
  readonly overlapFile: string | undefined;
  readonly lidarRatioFile: string | undefined;
  readonly start: Date | undefined;
  readonly stop: Date | undefined;
}

/** `CDF` + 1, 2 or 5, or the signature of HDF5. */
export function isNetcdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return ['CDF\u0001', 'CDF\u0002', 'CDF\u0005'].includes(head) || head === '\x89HDF';
}

/** Reads the global attributes of a netCDF file, of either generation; what is not found stays undefined. */
export function readRawHead(bytes: Uint8Array): RawFileHead {
  const classic = Buffer.from(bytes.subarray(0, 3)).toString('latin1') === 'CDF';
  const attribute = classic ? classicAttributes(bytes) : scannedAttributes(bytes);
  const date = attribute('RawData_Start_Date');
  const start = moment(date, attribute('RawData_Start_Time_UT'));
  const stop = moment(date, attribute('RawData_Stop_Time_UT'));
  // The stop has no date of its own: before the start means the next day.
  const overnight = start !== undefined && stop !== undefined && stop < start;
  return {
    measurementId: attribute('Measurement_ID'),
    soundingFile: attribute('Sounding_File_Name'),
    overlapFile: attribute('Overlap_File_Name'),
    lidarRatioFile: attribute('LR_File_Name'),
    start,
    stop: overnight ? new Date(stop.getTime() + 86_400_000) : stop,
  };
}

/** netCDF 3: name, type 2 (char), length, text; each padded to four bytes. */
function classicAttributes(bytes: Uint8Array): (name: string) => string | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1 << 20));
  const wide = data[3] === 5;
  return (name) => {
    const at = data.indexOf(`${name}\0`.slice(0, name.length % 4 === 0 ? name.length : name.length + 1), 0, 'latin1');
    if (at < 0) return undefined;
    const type = at + Math.ceil(name.length / 4) * 4;
    const textAt = type + (wide ? 12 : 8);
    if (textAt > data.length || data.readUInt32BE(type) !== 2) return undefined;
    const length = wide ? Number(data.readBigUInt64BE(type + 4)) : data.readUInt32BE(type + 4);
    return clean(data.toString('latin1', textAt, textAt + length));
  };
}

/** netCDF 4: the value is the next printable text after the name of the attribute. */
function scannedAttributes(bytes: Uint8Array): (name: string) => string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const shapes: Readonly<Record<string, RegExp>> = {
    Measurement_ID: /\b\d{8}[a-z]{2,3}[0-9A-Za-z]{2,4}\b/,
    Sounding_File_Name: /rs_[\w.-]+\.nc/,
    Overlap_File_Name: /ov_[\w.-]+\.nc/,
    LR_File_Name: /lr_[\w.-]+\.nc/,
    RawData_Start_Date: /\b\d{8}\b/,
    RawData_Start_Time_UT: /\b\d{6}\b/,
    RawData_Stop_Time_UT: /\b\d{6}\b/,
  };
  return (name) => {
    const at = text.indexOf(name);
    const shape = shapes[name];
    if (at < 0 || shape === undefined) return undefined;
    const near = text.slice(at + name.length, at + name.length + 256).replace(/[^\x20-\x7e]+/g, ' ');
    return shape.exec(near)?.[0] ?? shape.exec(text)?.[0];
  };
}

function clean(text: string): string | undefined {
  const value = text.replace(/\0+$/, '').trim();
  return value === '' ? undefined : value;
}

function moment(date: string | undefined, time: string | undefined): Date | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? '') ?? [];
  const [, hour, minute, second] = /^(\d{2})(\d{2})(\d{2})?$/.exec(time ?? '') ?? [];
  if (year === undefined || hour === undefined) return undefined;
  return new Date(
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second ?? '0')),
  );
}
