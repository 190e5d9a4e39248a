import { describe, expect, it } from 'vitest';
import { isSdcError, RejectedError, RemoteFileNotFound } from '../../../src/errors.js';
import type { ErrorResponse } from '../../../src/core/http/response.js';
import { mapFileProblem, mapProblem, problemWords } from '../../../src/hmi/errors.js';
import { fixture } from './fixtures.js';

const failed = (status: number, text: string): ErrorResponse => {
  const url = 'http://localhost:8001/HMI/x';
  return { status, headers: new Headers(), url, text, init: { centre: 'hmi', operation: 'hmi.query', status, url } };
};

describe('pitfall 23: the words of a failed answer', () => {
  it('come from a problem document, or from JSON that is labelled as HTML', () => {
    expect(problemWords(JSON.stringify(fixture('problem.json')))).toBe("Missing query parameter 'start'");
    expect(problemWords('{"message": "no such series"}')).toBe('no such series');
    expect(problemWords('{"title": "Not Found", "detail": ""}')).toBe('Not Found');
    expect(problemWords('{"detail": "a\\nb\\nc\\nd"}')).toBe('a b c');
  });

  it.each(['<html>', '', '{broken', '[]', '{"x":1}', '{"message": 5}'])('are not found in %j', (text) => {
    expect(problemWords(text)).toBeUndefined();
  });

  it('checklist 10: make errors of the fitting class', () => {
    const rejected = mapProblem(failed(400, JSON.stringify(fixture('problem.json'))));
    expect(rejected).toBeInstanceOf(RejectedError);
    expect(rejected).toMatchObject({
      messages: ["Missing query parameter 'start'"],
      status: 400,
      bodyExcerpt: "Missing query parameter 'start'",
    });
    expect(isSdcError(mapProblem(failed(404, '{"title":"Not Found"}')), 'not-found')).toBe(true);
    expect(mapProblem(failed(500, '{"message":"boom"}'))).toMatchObject({ code: 'server', retryable: true });
    expect(mapProblem(failed(405, '{"title":"Method Not Allowed"}'))).toMatchObject({
      code: 'server',
      retryable: false,
    });
    expect(mapProblem(failed(418, '{"title":"teapot"}'))).toBeUndefined();
    expect(mapProblem(failed(500, '<html>'))).toBeUndefined();
  });

  it('name a missing file', () => {
    const missing = mapFileProblem('bitmap.fits')(failed(404, '<html>'));
    expect(missing).toBeInstanceOf(RemoteFileNotFound);
    expect(missing).toMatchObject({ file: 'bitmap.fits' });
    expect(mapFileProblem('bitmap.fits')(failed(404, '{"message":"gone"}'))?.message).toContain('gone');
    expect(mapFileProblem('bitmap.fits')(failed(503, ''))).toBeUndefined();
  });
});
