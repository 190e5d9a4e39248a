import { expect, it } from 'vitest';
import { Redactor } from '../../../src/core/redact/redactor.js';

it('of values that change often the newest stay hidden, and so does one that is seen again', () => {
  const redactor = new Redactor();
  const value = (at: number): string => `signature-${'x'.repeat(at % 7)}-${at}-of-an-address`;
  for (let at = 0; at < 300; at += 1) {
    redactor.addShortLived(value(at));
    redactor.addShortLived(value(0));
    redactor.text(`used: ${value(at)}`);
  }
  for (const at of [0, 180, 299]) expect(redactor.text(`says ${value(at)}`)).toBe('says ***');
  expect(redactor.text(encodeURIComponent(`a/${value(299)}`))).not.toContain(value(299));
  expect(redactor.text(Buffer.from(value(299)).toString('base64'))).toBe('***');
});
