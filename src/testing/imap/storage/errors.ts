import { escapeHtml } from '../../kit/html.js';

/** What S3 has to say against a request. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Further elements of the XML. */
  readonly more?: Readonly<Record<string, string>>;
}

/** An error answer of S3: XML with code and message. */
export function refuse(refusal: Refusal, requestId: string, head = false): Response {
  const elements = {
    Code: refusal.code,
    Message: refusal.message,
    ...refusal.more,
    RequestId: requestId,
    HostId: 'simulated',
  };
  const inner = Object.entries(elements).map(([name, value]) => `<${name}>${escapeHtml(value)}</${name}>`);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner.join('')}</Error>`;
  const headers = { 'content-type': 'application/xml', 'x-amz-request-id': requestId };
  return new Response(head ? null : body, { status: refusal.status, headers });
}

export const SLOW_DOWN: Refusal = { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' };

export const MISMATCH: Refusal = {
  status: 403,
  code: 'SignatureDoesNotMatch',
  message:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
};
