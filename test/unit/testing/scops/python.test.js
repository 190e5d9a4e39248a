import { describe, expect, it } from 'vitest';
import { readConfig, writeConfig } from '../../../../src/testing/scops/python/config-file.js';
import { findValue, getBoolean, getValue, setValue } from '../../../../src/testing/scops/python/config-values.js';
import { dictOrder } from '../../../../src/testing/scops/python/dict.js';
import { formatFloat, pythonFloat } from '../../../../src/testing/scops/python/numbers.js';
import { globPattern, secureFileName, stripCharacters } from '../../../../src/testing/scops/python/text.js';
// Expected values come from Python 2.7.18 and 3.11, unless a section of the protocol notes is named.
describe('float()', () => {
    it.each([
        ['217', 217],
        [' 2.17e2\n', 217],
        ['.5', 0.5],
        ['5.', 5],
        ['-1_000', -1000],
        ['inf', Infinity],
        ['-Infinity', -Infinity],
        ['nan', NaN],
        ['', undefined],
        ['163a', undefined],
        ['1__0', undefined],
        ['0x10', undefined],
        ['.', undefined],
    ])('%j is %s', (text, value) => {
        expect(pythonFloat(text)).toBe(value);
    });
    it.each([
        [2, 'full', '2.0'],
        [1.75, 'full', '1.75'],
        [50.36123456789012, 'full', '50.36123456789012'],
        [50.36123456789012, 'short', '50.3612345679'],
        [-3, 'short', '-3.0'],
    ])('%d is printed as %s: %s', (value, digits, text) => {
        expect(formatFloat(value, digits)).toBe(text);
    });
});
describe('text', () => {
    it.each([
        ['f21701_line_check', 'f21701'],
        ['e219a01_line_check', '219a01'],
        ['h219a01_line_check', '219a01'],
        ['o219a01_line_check', 'o219a01'],
        ['fabce_line_check', 'fab'],
        ['_line_check', ''],
    ])('strip takes characters, not a suffix: %s becomes %s', (text, stripped) => {
        expect(stripCharacters(text, '_line_check')).toBe(stripped);
    });
    it.each([
        ['my area.dem', 'my_area.dem'],
        ['../../etc/passwd', 'etc_passwd'],
        ['._hidden_.', 'hidden'],
        ['höhen (neu).dem', 'hohen_neu.dem'],
        ['日本', ''],
    ])('the upload name %s becomes %s', (name, clean) => {
        expect(secureFileName(name)).toBe(clean);
    });
    it.each([
        ['a*c', 'abbc', true],
        ['a*c', 'ab/c', false],
        ['a?c', 'abc', true],
        ['a[bx]c', 'axc', true],
        ['a[!bx]c', 'axc', false],
        ['a[c', 'a[c', true],
        ['a.c', 'abc', false],
    ])('the pattern %s against %s: %s', (pattern, name, matches) => {
        expect(globPattern(pattern).test(name)).toBe(matches);
    });
});
describe('a dictionary of Python 2.7', () => {
    const base = 'julianday year sortie project_code projection sourcefolder bandratio bandratioset bandratiomappedset bandratiolev1complete bandratiomappedcomplete has_error restart ftp_dem ftp_dem_confirmed plugin_directory projstring dem bounds email interpolation pixelsize submitted confirmed status_email_sent masking dem_name output_folder'.split(' ');
    it.each([
        ['a b c d', 'a c b d'],
        ['one two three four five', 'four three five two one'],
        ['a a b', 'a b'],
        ['', ''],
    ])('with the keys %j walks them as %j', (keys, order) => {
        expect(dictOrder(keys.split(' ')).join(' ')).toBe(order);
    });
    it('walks the built-in equations as ndvi, ndwi, ndbi, and plugin_directory last (section 7.4)', () => {
        const keys = [...base, 'eq_ndvi', 'eq_ndbi', 'eq_ndwi', 'plugin_spectral_angle', 'process', 'band_range'];
        const order = dictOrder(keys).filter((key) => /eq_|plugin_/.test(key));
        expect(order.filter((key) => key.startsWith('eq_'))).toEqual(['eq_ndvi', 'eq_ndwi', 'eq_ndbi']);
        expect(order.at(-1)).toBe('plugin_directory');
    });
});
describe('a config file', () => {
    const values = (text) => {
        const { defaults, sections } = readConfig(text);
        return {
            ...Object.fromEntries(defaults),
            sections: [...sections].map(([name, keys]) => [name, Object.fromEntries(keys)]),
        };
    };
    it.each([
        ['keys in lower case, both delimiters', '[DEFAULT]\nA = 1\nb: 2\n', { a: '1', b: '2', sections: [] }],
        [
            'a comment behind white space',
            '[DEFAULT]\na = 1 ; 2\nb = 1;2\nc = ;x\nd = ; e\n',
            { a: '1', b: '1;2', c: ';x', d: '; e', sections: [] },
        ],
        ['only the first semicolon counts', '[DEFAULT]\nc = (a; b) ;c\n', { c: '(a; b) ;c', sections: [] }],
        ['a quoted emptiness', '[DEFAULT]\na = ""\nb =\n', { a: '', b: '', sections: [] }],
        ['continuation lines', '[DEFAULT]\na = 1\n\tmore\n  and more\n', { a: '1\nmore\nand more', sections: [] }],
        ['comment lines', '# x\n; y\n[DEFAULT]\nrem z\nREM\nremark = 1\n', { remark: '1', sections: [] }],
        [
            'later duplicates win',
            '[DEFAULT]\na = 1\na = 2\n[s]\nx = 1\n[s]\nx = 2\ny = 3\n',
            { a: '2', sections: [['s', { x: '2', y: '3' }]] },
        ],
        ['blanks in section names', '[ sp ace ] tail\nX y : z\n', { sections: [[' sp ace ', { 'x y': 'z' }]] }],
        ['line ends of other systems', '[DEFAULT]\r\na = 1\r\n', { a: '1', sections: [] }],
    ])('%s', (_name, text, expected) => {
        expect(values(text)).toEqual(expected);
    });
    it.each([
        ['a = 1\n', 'MissingSectionHeaderError'],
        ['[DEFAULT]\nnonsense\n', 'ParsingError'],
        ['[x]\n  a = 1\nb\n', 'ParsingError'],
    ])('%j raises %s', (text, error) => {
        expect(() => readConfig(text)).toThrow(error);
    });
    it('is written as it is read', () => {
        const text = '[DEFAULT]\na = 1\nb = \nc = x\n\ty\n\n[f21701]\nprocess = true\n\n';
        expect(writeConfig(readConfig(text))).toBe(text);
        expect(writeConfig(readConfig('[x]\n'))).toBe('[x]\n\n');
        expect(writeConfig(readConfig(''))).toBe('');
    });
    it('puts references in, from the section or the defaults', () => {
        const config = readConfig('[DEFAULT]\nb = two\n[s]\na = %(b)s/%%/%(C)s\nc = own\nd = %(nobody)s\ne = 50%\nf = %(f)s\n');
        expect(getValue(config, 's', 'a')).toBe('two/%/own');
        expect(getValue(config, 's', 'b')).toBe('two');
        expect(findValue(config, 's', 'z')).toBeUndefined();
        expect(() => getValue(config, 's', 'd')).toThrow('NoOptionError');
        expect(() => getValue(config, 's', 'e')).toThrow('InterpolationSyntaxError');
        expect(() => getValue(config, 's', 'f')).toThrow('InterpolationDepthError');
        expect(() => getValue(config, 'nowhere', 'a')).toThrow('NoSectionError');
    });
    it.each([
        ['50%', false],
        ['50%%', true],
        ['%(key)s', true],
        ['%(key)', false],
        ['%s', false],
    ])('storing %s is allowed: %s', (value, allowed) => {
        const store = () => {
            setValue(readConfig(''), 'DEFAULT', 'a', value);
        };
        if (allowed)
            expect(store).not.toThrow();
        else
            expect(store).toThrow('interpolation');
    });
    it.each([
        ['True', true],
        ['ON', true],
        ['1', true],
        ['no', false],
        ['Off', false],
        ['0', false],
        ['', undefined],
        ['maybe', undefined],
    ])('the truth of %j is %s', (word, truth) => {
        const config = readConfig(`[DEFAULT]\na = ${word}\n`);
        if (truth === undefined)
            expect(() => getBoolean(config, 'DEFAULT', 'a')).toThrow('Not a boolean');
        else
            expect(getBoolean(config, 'DEFAULT', 'a')).toBe(truth);
    });
});
