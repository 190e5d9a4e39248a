import fc from 'fast-check';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATA_LEVELS, EXTENSIONS, INSTRUMENTS, SPICE_TYPES } from '../../../src/imap/centre.js';
import { AncillaryFilePath, ReleaseFilePath } from '../../../src/imap/names/ancillary.js';
import { formatDay } from '../../../src/imap/names/days.js';
import { parseImapFileName, tryParseImapFileName } from '../../../src/imap/names/parse.js';
import { DependencyFilePath, QuicklookFilePath, ScienceFilePath } from '../../../src/imap/names/science.js';
import { SpiceFilePath } from '../../../src/imap/names/spice.js';
import { Version } from '../../../src/imap/names/version.js';
import { fixture } from './fixture.js';
import { runs } from '../../support/full.js';

const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2068-12-31'), noInvalidDate: true })
  .map((date) => formatDay(date.getTime()));
const descriptor = fc.stringMatching(/^[a-z0-9][a-z0-9.% -]{0,20}$/);
const interval = fc.oneof(
  fc.constant({}),
  fc.record({ repointing: fc.integer({ min: 0, max: 99_999 }) }),
  fc.record({ cr: fc.integer({ min: 1, max: 99_999 }) }),
);
const version = fc.oneof(
  fc.record({ majorVersion: fc.integer({ min: 0, max: 999 }), minorVersion: fc.integer({ min: 0, max: 9999 }) }),
  fc.record({ minorVersion: fc.integer({ min: 0, max: 999 }) }),
);
const common = fc.record({
  instrument: fc.constantFrom(...INSTRUMENTS),
  dataLevel: fc.constantFrom(...DATA_LEVELS.filter((level) => level !== 'l0')),
  descriptor,
  startDate: day,
});
const science = fc.tuple(common, version, interval).map(([a, b, c]) => ({ ...a, ...b, ...c }));

describe('reading a built name gives back its parts', () => {
  it.each([
    ['science', ScienceFilePath, EXTENSIONS.science],
    ['quicklook', QuicklookFilePath, EXTENSIONS.quicklook],
    ['dependency', DependencyFilePath, EXTENSIONS.dependency],
  ] as const)('%s', (_name, type, extensions) => {
    fc.assert(
      fc.property(science, fc.constantFrom(...extensions), (parts, extension) => {
        const built = type.generate({ ...parts, extension });
        const read = parseImapFileName(built.name);
        expect(read).toStrictEqual(built);
        expect(read).toMatchObject({ ...parts, extension });
        expect(read.path().startsWith(`imap/`)).toBe(true);
      }),
    );
  });

  it('ancillary and release', () => {
    const parts = fc.record({
      instrument: fc.constantFrom(...INSTRUMENTS),
      descriptor,
      startDate: day,
      endDate: fc.option(day, { nil: undefined }),
      version: fc.integer({ min: 0, max: 999 }),
    });
    fc.assert(
      fc.property(parts, fc.constantFrom(...EXTENSIONS.ancillary), (given, extension) => {
        const built = AncillaryFilePath.generate({ ...given, extension });
        expect(parseImapFileName(built.name)).toStrictEqual(built);
        expect([built.startDate, built.endDate, built.minorVersion]).toEqual([
          given.startDate,
          given.endDate,
          given.version,
        ]);
        const manifest = ReleaseFilePath.generate(given);
        expect(parseImapFileName(manifest.name)).toStrictEqual(manifest);
      }),
    );
  });

  it('kernels of every kind', () => {
    const types = SPICE_TYPES.filter((type) => type !== 'kernels');
    const dates = fc.tuple(day, day, day);
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        dates,
        fc.integer({ min: 1, max: 99 }),
        (type, [startDate, endDate, predictionStartDate], number) => {
          const built = SpiceFilePath.generate({ type, startDate, endDate, predictionStartDate, version: number });
          const read = parseImapFileName(built.name);
          expect(read).toStrictEqual(built);
          expect((read as SpiceFilePath).type).toBe(type);
          if (built.version !== undefined) expect(Number(built.version)).toBe(number);
          if (built.endDate !== undefined) expect(built.endDate.replaceAll('-', '')).toBe(endDate);
        },
      ),
    );
  });
});

it('years that six digits cannot tell apart are refused', () => {
  const earth = { type: 'earth_attitude', startDate: '20000101', predictionStartDate: '20250101' } as const;
  expect(() => SpiceFilePath.generate({ ...earth, endDate: '20690101' })).toThrow('1969 to 2068');
  expect(() => SpiceFilePath.generate({ type: 'kernels' as 'spin' })).toThrow('the names of kernels of type');
  expect(() => SpiceFilePath.generate({ type: 'leapseconds', version: '1x' })).toThrow('digits');
  expect(() => SpiceFilePath.generate({ type: 'spin', version: 1, startDate: '20250101' })).toThrow('needs endDate');
});

describe('no accepted name leads out of its folder', () => {
  const names = fixture.dispatch.map(({ name }) => name);
  const evil = fc.constantFrom('..', '/', '\\', '\0', '%2e%2e/', '../../', '/etc/passwd', 'C:\\', '\n', '\u202e', '//');
  const mutated = fc.tuple(fc.constantFrom(...names), fc.nat(), evil, fc.boolean()).map(([name, at, text, replace]) => {
    const cut = at % (name.length + 1);
    return name.slice(0, cut) + text + name.slice(cut + (replace ? 1 : 0));
  });

  it('for mutated names, strictly or laxly read', () => {
    fc.assert(
      fc.property(mutated, fc.boolean(), (name, lax) => {
        const file = tryParseImapFileName(name, { lax });
        if (file === undefined) return;
        const path = file.path();
        expect(posix.normalize(path)).toBe(path);
        expect(path.startsWith('imap/')).toBe(true);
        expect(path.split('/')).not.toContain('..');
        expect(path.endsWith(`/${file.name}`)).toBe(true);
        expect(/[\\\p{Cc}]/u.test(path)).toBe(false);
      }),
      { numRuns: runs(3000) },
    );
  });

  it('for arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const file = tryParseImapFileName(name);
        if (file !== undefined) expect(posix.normalize(file.path())).toBe(file.path());
      }),
    );
  });
});

it('versions are ordered like (no major first, major, minor)', () => {
  const any = version.map(
    ({ minorVersion, ...rest }) => new Version('majorVersion' in rest ? rest.majorVersion : undefined, minorVersion),
  );
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(Math.sign(Version.compare(a, b))).toBe(-Math.sign(Version.compare(b, a)) + 0);
      expect(Version.compare(a, b) === 0).toBe(a.toString() === b.toString());
      expect(Version.parse(a.toString())).toStrictEqual(a);
    }),
  );
});
