interface SystemError {
  readonly code: string | undefined;
  readonly message: string;
}

/**
 * The codes of certificates that are not trusted: the names of OpenSSL's verification results as Node.js reports them
 * (`X509_V_ERR_*`), and its own for a certificate of another name.
 */
const UNTRUSTED =
  /^(?:(?:CERT|CRL|UNABLE_TO|ERROR_IN_CERT|ERROR_IN_CRL)_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_\w+)$/u;

/**
 * Failures of the TLS protocol as Node.js reports them: by OpenSSL's reason, whatever its characters
 * (`ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE` since Node.js 22), or as `EPROTO` where something waited to be sent.
 */
const PROTOCOL = /^(?:EPROTO|ERR_SSL_.+|ERR_TLS_DH_PARAM_SIZE)$/u;

/** Reasons of OpenSSL that come up on a secured connection too, or that may pass by themselves (RFC 8446, section 6.2). */
const ANY_TIME =
  /bad[ _]record|bad[ _]decrypt|decryption[ _]failed|record[ _]overflow|internal[ _]error|unexpected[ _](?:message|eof)|user[ _]cancel|no[ _]renegotiation/iu;

/** What Node.js says where the other side ends the connection before it is secured; the code is that of any reset. */
const CLOSED_EARLY = 'before secure TLS connection was established';

/** What OpenSSL says: thread, number, library, function, reason, a place in its own sources, and the number of an alert. */
const OPENSSL = /[0-9A-F]+:error:[0-9A-F]+:([^:]+):[^:]*:([^:]+):\S+?:\d+:[^:]*$/u;

/** What to do about a handshake that fails every time; `undefined` for every other failure. */
export function handshakeAdvice({ code, message }: SystemError): string | undefined {
  if (code === undefined) return undefined;
  if (UNTRUSTED.test(code)) return certificateAdvice(code);
  if (!PROTOCOL.test(code) || ANY_TIME.test(`${code} ${message}`)) return undefined;
  return 'no secure connection could be made; check the address (https or http, the port) and any proxy';
}

/** Whether a failure proves that the connection was never secured, where nothing but the failure is known. */
export function neverSecured(error: SystemError): boolean {
  return error.message.includes(CLOSED_EARLY) || handshakeAdvice(error) !== undefined;
}

/** A message of OpenSSL without what is meant for its developers; every other one as it is. */
export function plainWords(message: string): string {
  return message.replace(OPENSSL, '$1: $2');
}

function certificateAdvice(code: string): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'the certificate has expired; check the clock of this machine, or ask the operators of the site';
    case 'CERT_NOT_YET_VALID':
      return 'the certificate is not valid yet; check the clock of this machine';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return 'the certificate is for another host name; check the address';
    default:
      return 'the certificate is not trusted; add its authority with NODE_EXTRA_CA_CERTS';
  }
}
