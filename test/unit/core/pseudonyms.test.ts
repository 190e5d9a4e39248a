import { describe, expect, it } from 'vitest';
import { Pseudonyms, type RecordRules } from '../../../src/core/doctor/pseudonyms.js';
import { recordedHtml } from '../../../src/core/doctor/record-html.js';
import { Redactor } from '../../../src/core/redact/redactor.js';

function pseudonyms(rules: Partial<RecordRules> = {}): Pseudonyms {
  const redactor = new Redactor(['start']);
  redactor.add('s3cret-password');
  return new Pseudonyms(redactor, { words: ['measurement', 'elda', 'start'], ...rules });
}

describe('pseudonyms', () => {
  it('keep what is known, and replace the rest by the same shape', () => {
    const text = pseudonyms().text(
      'Measurement of María O’Neill-Ruiz, system Aky-2 7654321 at 2021-06-01 09:30: ELDA failed (404)',
    );
    expect(text).not.toMatch(/Mar|Neill|Ruiz|Aky|7654321/u);
    expect(text).toMatch(
      /^Measurement of \p{L}{5} \p{L}’\p{L}{5}-\p{L}{4}, system \p{L}{3}-\d [1-9]{7} at 2021-06-01 09:30: ELDA failed \(404\)$/u,
    );
  });

  it('are the same for the same word, and others in another run', () => {
    const one = pseudonyms();
    expect(one.text('Testarossa')).toBe(one.text('Testarossa'));
    expect(one.text('Testarossa')).not.toBe(one.text('Testarosso'));
    expect(one.text('Testarossa')).not.toBe(pseudonyms().text('Testarossa'));
  });

  it('number people by their address, in whatever encoding it stands', () => {
    const one = pseudonyms();
    expect(one.text('ada@flights.example, bob.b@x.example, ADA%40flights.example')).toBe(
      'person-1@example.org, person-2@example.org, person-1@example.org',
    );
  });

  it('replace an id wherever it stands, once it was seen anywhere', () => {
    const one = pseudonyms({ ids: [/\d{8}[a-z]{3}\d{2}/gu], plainFields: ['note'] });
    one.collect('<td>20210601aky09</td>');
    const id = one.text('20210601aky09');
    expect(id).toMatch(/^20210601[a-z]{3}\d[1-9]$/u);
    expect(id).not.toBe('20210601aky09');
    expect(one.json({ note: 'kept: 20210601aky09', '20210601aky09': 1 })).toEqual({ note: `kept: ${id}`, [id]: 1 });
    expect(one.address('https://scc.example/measurement/20210601aky09/?start=2021-06-01')).toBe(
      `https://scc.example/measurement/${id}/?start=2021-06-01`,
    );
  });

  it('take a number for an id where it stands alone, not within a date', () => {
    const one = pseudonyms({ idFields: ['system'], words: ['system'] });
    one.collectValue({ system: 21 });
    const text = one.text('system 21, 2021-06-21 21:21, 3.21');
    expect(text).toMatch(/^system \d\d, 2021-06-21 21:21, 3\.21$/u);
    expect(text).not.toContain('system 21,');
  });

  it('are no id of these answers, and none stands for two, while the shape leaves room', () => {
    const ids = Array.from({ length: 60 }, (_, at) => String(111 + at * 10 + (at % 9)).replaceAll('0', '1'));
    const one = pseudonyms({ idFields: ['system'] });
    for (const id of ids) one.collectValue({ system: id });
    const shown = ids.map((id) => one.text(id));
    expect(shown.filter((id) => ids.includes(id))).toEqual([]);
    expect(new Set(shown).size).toBe(new Set(ids).size);
  });

  it('hold no name that is within an id', () => {
    const one = pseudonyms({ ids: [/\d{8}[a-z]{3}\d{2}/gu] });
    const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
    // A third of all names of three letters.
    const names = letters.flatMap((a) =>
      letters.flatMap((b) => letters.filter((_, at) => at % 3 === 0).map((c) => a + b + c)),
    );
    for (const name of names) one.collect(`20210601${name}09`);
    const shown = letters.map((letter) => one.text(`xq${letter}`));
    expect(shown.filter((name) => names.includes(name))).toEqual([]);
  });

  it('hide a secret in a text that otherwise stays', () => {
    const shown = pseudonyms({ plainFields: ['message'] }).json({ message: 'no login with s3cret-password' });
    expect(shown).toEqual({ message: 'no login with ***' });
  });

  it('replace an id of signs that have a meaning in patterns', () => {
    const one = pseudonyms({ names: ['a-b.c+d(e)/f'] });
    expect(one.plain('by a-b.c+d(e)/f, not a-bxc')).not.toContain('a-b.c');
  });

  it('leave the elements of a page, and nothing of its texts, values, scripts and comments', () => {
    const html =
      '<!DOCTYPE html><form class="grp-row" action="/measurement/"><!-- by Ada --><script>user = "Ada"</script><style>.ada{}</style>' +
      `<input name="elda" value='Ada Quick' title=Ada><b data-user="Ada">Ada</b> a < b</form>`;
    const page = recordedHtml(html, pseudonyms());
    expect(page).not.toMatch(/ada|quick/iu);
    expect(page).toContain('<form class="grp-row" action="/measurement/">');
    expect(page).toMatch(/<input name="elda" value='\p{L}{3} \p{L}{5}' title=\p{L}{3}>/u);
  });
});
