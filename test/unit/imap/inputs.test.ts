import { describe, expect, it } from 'vitest';
import { InvalidImapFileName } from '../../../src/imap/names/invalid.js';
import { ProcessingInputCollection } from '../../../src/imap/inputs/collection.js';
import {
  generateImapInput,
  AncillaryInput,
  RepointInput,
  ScienceInput,
  SpiceInput,
  SpinInput,
} from '../../../src/imap/inputs/kinds.js';
import { tryParseImapFileName } from '../../../src/imap/names/parse.js';
import { ProcessingInputError } from '../../../src/imap/inputs/input.js';
import { fixture } from './fixture.js';

const MAG = 'imap_mag_l1a_norm-magi_20240312_v000.0001.cdf';
const SPIN = 'imap_1000_100_1000_100_01.spin.csv';
const HISTORY = 'imap_2025_032_2025_034_003.ah.bc';
const PREDICT = 'imap_2025_032_2025_034_003.ap.bc';

describe('inputs', () => {
  it('science inputs share instrument, level and descriptor (parity 45)', () => {
    const input = new ScienceInput(MAG, 'imap_mag_l1a_norm-magi_20240313_v001.0002.cdf');
    expect(input).toMatchObject({ type: 'science', source: 'mag', dataType: 'l1a', descriptor: 'norm-magi' });
    expect(input.timeRange()).toEqual([new Date('2024-03-12'), new Date('2024-03-13')]);
    expect(() => new ScienceInput(MAG, 'imap_mag_l1a_burst_20240313_v001.0002.cdf')).toThrow(/same source/);
    expect(() => new ScienceInput()).toThrow(ProcessingInputError);
  });

  it('ancillary inputs share instrument and descriptor (parity 46)', () => {
    const input = new AncillaryInput(
      'imap_mag_l1b-cal_20250101_v001.cdf',
      'imap_mag_l1b-cal_20250103_20250104_v002.cdf',
    );
    expect(input).toMatchObject({ source: 'mag', dataType: 'ancillary', descriptor: 'l1b-cal' });
    expect(() => new AncillaryInput('imap_mag_a_20250101_v001.cdf', 'imap_hit_a_20250101_v001.cdf')).toThrow(
      /same source/,
    );
    expect(input.fileForTime('20250103')?.version).toBe('v002');
  });

  it('kernel inputs name their kinds in order, and tell the best from history (parity 47)', () => {
    expect(new SpiceInput(HISTORY)).toMatchObject({ source: ['attitude_history'], descriptor: 'historical' });
    expect(new SpiceInput(HISTORY, PREDICT)).toMatchObject({
      source: ['attitude_history', 'attitude_predict'],
      descriptor: 'best',
    });
    expect(new SpiceInput('imap_recon_20260922_20261221_v01.bsp').descriptor).toBe('historical');
    expect(
      new SpiceInput('imap_recon_20260922_20261221_v01.bsp', 'imap_pred_20251002_20251113_v01.bsp').descriptor,
    ).toBe('best');
    expect(new SpiceInput('de440.bsp').descriptor).toBe('best');
    expect(new SpinInput(SPIN)).toMatchObject({ source: 'spin', dataType: 'spin', descriptor: 'historical' });
    expect(new RepointInput('imap_2025_122_01.repoint.csv')).toMatchObject({ source: 'repoint' });
    expect(() => new SpiceInput(SPIN)).toThrow(/can only contain ephemeris or attitude/);
    expect(() => new SpinInput(HISTORY)).toThrow(/only contain spin/);
    expect(() => new RepointInput('imap_2025_122_01.repoint.csv', 'imap_2025_122_02.repoint.csv')).toThrow(
      /one repoint/,
    );
    expect(() => new SpiceInput()).toThrow('At least one file must be provided.');
    expect(() => new SpiceInput(12 as unknown as string)).toThrow('All arguments must be strings');
  });

  it('an open-ended ancillary file counts as one day (parity 49)', () => {
    const input = new AncillaryInput(
      'imap_mag_l1b-cal_20250101_v001.cdf',
      'imap_mag_l1b-cal_20250103_20250104_v002.cdf',
    );
    expect(input.timeRange()).toEqual([new Date('2025-01-01'), new Date('2025-01-04')]);
    expect(new SpiceInput(HISTORY).timeRange()).toBeUndefined();
  });

  it('the general constructor finds the kind of every name of the reference (parity 54)', () => {
    for (const { name, input } of fixture.dispatch) {
      let kind = 'ValueError';
      try {
        kind = generateImapInput(name).constructor.name.replace('Spice', 'SPICE');
      } catch (error) {
        expect(error).toBeInstanceOf(ProcessingInputError);
        expect(error).toBeInstanceOf(TypeError);
      }
      // Names that the reference reads loosely are refused here, as the reader of names refuses them.
      expect(kind, name).toBe(tryParseImapFileName(name) === undefined ? 'ValueError' : input);
    }
  });
});

describe('dependency files of 2026', () => {
  const inputs = [{ type: 'science', files: ['imap_mag_l0_raw_20240430_v001.0001.pkts'] }];
  const version = { 'norm-magi': { major_version: 1, minor_version: 2 } };

  it('are read like the list, with the versions of the products; both forms are written', () => {
    const collection = ProcessingInputCollection.deserialize(JSON.stringify({ dependency: inputs, version }));
    expect(collection.inputs.map((input) => input.toJSON())).toEqual(inputs);
    expect(collection.versions).toEqual(version);
    expect(JSON.parse(collection.serialize())).toEqual(inputs);
    expect(collection.serialize({ form: 'object' })).toBe(
      '{"dependency": [{"type": "science", "files": ["imap_mag_l0_raw_20240430_v001.0001.pkts"]}], "version": {"norm-magi": {"major_version": 1, "minor_version": 2}}}',
    );
    const plain = ProcessingInputCollection.deserialize(JSON.stringify(inputs));
    expect(plain.versions).toBeUndefined();
    expect(plain.serialize({ form: 'object' })).toContain('"version": {}');
  });

  it.each<[unknown]>([
    [{ dependency: {} }],
    [{ version }],
    [{ dependency: inputs, version: [] }],
    [{ dependency: inputs, version: { x: { major_version: '1' } } }],
  ])('%j is refused', (value) => {
    expect(() => ProcessingInputCollection.deserialize(JSON.stringify(value))).toThrow(ProcessingInputError);
  });
});

it.each(['imap_2025_122_2025_122_01.spin.csv.gz', 'imap_1000_100_1000_100_01.ap.bc.bak'])(
  'the name %s is no input, as it is no file name',
  (name) => {
    expect(() => generateImapInput(name)).toThrow(ProcessingInputError);
    expect(() => new SpiceInput(name)).toThrow(TypeError);
  },
);

describe('collections', () => {
  const text =
    '[{"type": "science", "files": ["imap_mag_l1a_norm-magi_20240312_v000.0001.cdf"]}, {"type": "spin", "files": ["imap_1000_100_1000_100_01.spin.csv"]}]';

  it('the JSON text is the one of the reference, byte for byte, both ways (parity 48)', () => {
    const collection = new ProcessingInputCollection(new ScienceInput(MAG), new SpinInput(SPIN));
    expect(collection.serialize()).toBe(text);
    expect(ProcessingInputCollection.deserialize(text).serialize()).toBe(text);
    expect(new ProcessingInputCollection().serialize()).toBe('[]');
    collection.addSerialized(text);
    expect(collection.inputs.map(({ type }) => type)).toEqual(['science', 'spin', 'science', 'spin']);
    expect(JSON.parse(JSON.stringify(collection.inputs))).toEqual([...JSON.parse(text), ...JSON.parse(text)]);
  });

  it('text outside ASCII is escaped as Python escapes it', () => {
    const input = new AncillaryInput('imap_mag_grün😀_20210101_v001.csv');
    const escaped = '[{"type": "ancillary", "files": ["imap_mag_gr\\u00fcn\\ud83d\\ude00_20210101_v001.csv"]}]';
    expect(new ProcessingInputCollection(input).serialize()).toBe(escaped);
    expect(ProcessingInputCollection.deserialize(escaped).inputs[0]?.fileNames).toEqual(input.fileNames);
  });

  it('another shape is refused; unknown types are skipped, or refused in strict mode (pitfall 53)', () => {
    for (const wrong of [
      '{',
      '{}',
      '[1]',
      '[{"type": "science"}]',
      '[{"type": "science", "files": "x"}]',
      '[{"type": "spice", "files": []}]',
    ]) {
      expect(() => ProcessingInputCollection.deserialize(wrong), wrong).toThrow(ProcessingInputError);
    }
    expect(() => ProcessingInputCollection.deserialize('[{"type": "science", "files": ["x.cdf"]}]')).toThrow(
      InvalidImapFileName,
    );
    const unknown = '[{"type": "moon", "files": ["x"]}]';
    expect(ProcessingInputCollection.deserialize(unknown).inputs).toEqual([]);
    expect(() => ProcessingInputCollection.deserialize(unknown, { strict: true })).toThrow(/\$\[0\]\.type/);
    const repoint = `[{"type": "repoint", "files": ["${HISTORY}"]}]`;
    expect(ProcessingInputCollection.deserialize(repoint).inputs).toHaveLength(1);
    expect(() => ProcessingInputCollection.deserialize(repoint, { strict: true })).toThrow(/repoint/);
  });

  const ultra = 'imap_ultra_l1c_45sensor-pset_20240312_v000.0001.cdf';
  const ultra90 = 'imap_ultra_l1c_90sensor-pset_20240312_v000.0001.cdf';
  const all = new ProcessingInputCollection(
    new ScienceInput(ultra),
    new ScienceInput(ultra90),
    new ScienceInput('imap_hi_l1c_45sensor-pset_20240312_v000.0001.cdf'),
    new AncillaryInput('imap_mag_l1b-cal_20250101_v001.cdf'),
    new SpiceInput(HISTORY, PREDICT),
    new SpinInput(SPIN),
  );

  it('filters combine, descriptors match in part (parity 50, 53)', () => {
    const names = (filter: Parameters<typeof all.getProcessingInputs>[0]): string[] =>
      all.getProcessingInputs(filter).flatMap(({ fileNames }) => fileNames);
    expect(all.getProcessingInputs()).toHaveLength(6);
    expect(all.getProcessingInputs({ inputType: 'spice' })).toHaveLength(2);
    expect(names({ descriptor: 'sensor-pset' })).toHaveLength(3);
    expect(names({ descriptor: '45se', source: 'ultra' })).toEqual([ultra]);
    expect(names({ descriptor: '90sens', source: 'ultra' })).toEqual([ultra90]);
    expect(names({ source: 'attitude_history' })).toEqual([]);
    expect(names({ source: ['attitude_history', 'attitude_predict'] })).toEqual([HISTORY, PREDICT]);
    expect(names({ dataType: 'ancillary' })).toEqual(['imap_mag_l1b-cal_20250101_v001.cdf']);
    expect(all.getScienceInputs()).toHaveLength(3);
    expect(all.getScienceInputs('hi')).toHaveLength(1);
    expect(all.getFilePaths({ dataType: 'spin' }, '/data/')).toEqual([`/data/imap/spice/spin/${SPIN}`]);
    expect(all.getFilePaths({ source: 'spin' })).toEqual([`imap/spice/spin/${SPIN}`]);
  });

  it('valid inputs for a date, with one ancillary file each on request (parity 52)', () => {
    const first = 'imap_mag_l1b-cal_20240101_v002.cdf';
    const second = 'imap_mag_l1b-cal_20240312_v001.cdf';
    const newer = 'imap_mag_l1b-cal_20240312_v003.cdf';
    const collection = new ProcessingInputCollection(
      new ScienceInput(ultra, 'imap_ultra_l1c_45sensor-pset_20240313_v000.0001.cdf'),
      new ScienceInput('imap_mag_l1a_norm_20240313_v000.0001.cdf'),
      new AncillaryInput(first, second, newer),
      new SpinInput(SPIN),
    );
    const files = (...args: Parameters<typeof collection.getValidInputsForStartDate>): string[][] =>
      collection.getValidInputsForStartDate(...args).inputs.map(({ fileNames }) => fileNames);
    expect(files('20240312')).toEqual([[ultra], [first, second, newer], [SPIN]]);
    expect(files('20240312', { returnLatestAncillary: true })).toEqual([[ultra], [second], [SPIN]]);
    expect(files('2024-03-12T06:00:00Z')).toEqual([[first, second, newer], [SPIN]]);
    expect(files('2024-03-12T06:00:00Z', { returnLatestAncillary: true, strict: true })).toEqual([
      [ultra],
      [newer],
      [SPIN],
    ]);
  });
});
