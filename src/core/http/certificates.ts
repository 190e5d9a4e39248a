/**
 * The codes of certificates that are not trusted: the names of OpenSSL's verification results as Node.js reports them
 * (`X509_V_ERR_*`), and its own for a certificate of another name.
 */
const UNTRUSTED =
  /^(?:(?:CERT|CRL|UNABLE_TO|ERROR_IN_CERT|ERROR_IN_CRL)_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_\w+)$/u;

/** What to do about a certificate that is not trusted; `undefined` for every other failure. */
export function certificateAdvice(code: string | undefined): string | undefined {
  if (code === undefined || !UNTRUSTED.test(code)) return undefined;
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'the certificate has expired; check the clock of this machine, or ask the operators of the site';
    case 'CERT_NOT_YET_VALID':
      return 'the certificate is not valid yet; check the clock of this machine';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return 'the certificate is for another name; check the address';
    default:
      return 'the certificate is not trusted; add the authority through NODE_EXTRA_CA_CERTS';
  }
}
