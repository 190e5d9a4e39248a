const HIDDEN = '***';
/** Query parameters that are worth reading in a message and never secret. */
const SHOWN = new Set([
  'all',
  'cr',
  'data_level',
  'day',
  'descriptor',
  'e',
  'end',
  'end_date',
  'end_time',
  'extension',
  'fields',
  'file_name',
  'filename',
  'format',
  'id__exact',
  'id__startswith',
  'ingestion_end_date',
  'ingestion_start_date',
  'instrument',
  'latest',
  'limit',
  'major_version',
  'meta',
  'minor_version',
  'offset',
  'p',
  'profile_start_time__gte',
  'profile_start_time__lt',
  'project',
  'release_type',
  'repointing',
  'sortie',
  'start',
  'start__gte',
  'start__lt',
  'start_date',
  'start_time',
  'station',
  'station_id',
  'table',
  'type',
  'version',
  'year',
]);

/**
 * Keeps secrets out of everything that people read: errors and log lines.
 *
 * Two nets: the values that the client knows to be secret are blotted out wherever they appear, in plain, percent,
 * form or base64 spelling; and of addresses only allow-listed query values are shown.
 */
export class Redactor {
  readonly #secrets = new Set<string>();
  readonly #fleeting: string[] = [];

  /** Remembers secrets; short ones (under 3 characters) cannot be told from ordinary text and are left. */
  add(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret === undefined || secret.length < 3) continue;
      for (const spelling of spellings(secret)) this.#secrets.add(spelling);
    }
  }

  /** Remembers a secret that changes often, such as a session cookie: the newest ones only. */
  addFleeting(secret: string): void {
    if (secret.length < 3 || this.#fleeting.includes(secret)) return;
    this.#fleeting.push(secret);
    if (this.#fleeting.length > 64) this.#fleeting.shift();
  }

  /** The text without any known secret. */
  text(text: string): string {
    let clean = text;
    const secrets = [...this.#secrets, ...this.#fleeting.flatMap(spellings)].sort((a, b) => b.length - a.length);
    for (const secret of secrets) clean = clean.replaceAll(secret, HIDDEN);
    return clean;
  }

  /** The address without user info, fragment and query values that are not allow-listed. */
  url(url: string | URL): string {
    const parsed = URL.canParse(String(url)) ? new URL(String(url)) : undefined;
    if (parsed === undefined) return this.text(String(url).replace(/[?#].*$/su, ''));
    parsed.username = '';
    parsed.password = '';
    parsed.hash = '';
    const query = [...parsed.searchParams]
      .map(([name, value]) => `${encodeURIComponent(name)}=${SHOWN.has(name) ? encodeURIComponent(value) : HIDDEN}`)
      .join('&');
    parsed.search = '';
    return this.text(query === '' ? parsed.href : `${parsed.href}?${query}`);
  }
}

function spellings(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, percent, form, base64, base64.replace(/=+$/u, ''), json, encodeURI(secret), escapeHtml(secret)];
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;');
}
