/** A Django generation that the SCC may run on. */
export type SccProfileName = 'legacy' | '3.2' | '5.2' | 'main';

/** What differs between Django generations (scc.md, 18.1). */
export interface SccProfile {
  readonly name: SccProfileName;
  /** First page number of a changelist. */
  readonly firstPage: 0 | 1;
  /** How the pages of a nav are marked: `a.end` and `span.this-page`, or `a[aria-current=page]` only. */
  readonly pageMarks: 'classes' | 'aria';
  /** Format of the `messages` cookie. */
  readonly messages: 'readable' | 'packed' | 'packed-extra-tags';
  readonly getLogout: boolean;
  readonly csrfLength: 32 | 64;
  readonly checksOrigin: boolean;
  readonly unknownDelete: '404' | 'redirect';
  /** Quotation marks of Django's texts. */
  readonly quotes: readonly [open: string, close: string, apostrophe: string];
}

const straight = ['"', '"', "'"] as const;
const curly = ['“', '”', '’'] as const;
const modern = {
  firstPage: 1,
  pageMarks: 'classes',
  messages: 'packed-extra-tags',
  getLogout: false,
  csrfLength: 32,
  checksOrigin: true,
  unknownDelete: 'redirect',
  quotes: curly,
} as const;

/** The profiles by name. */
export const PROFILES: Readonly<Record<SccProfileName, SccProfile>> = {
  legacy: {
    name: 'legacy',
    firstPage: 0,
    pageMarks: 'classes',
    messages: 'readable',
    getLogout: true,
    csrfLength: 64,
    checksOrigin: false,
    unknownDelete: '404',
    quotes: straight,
  },
  '3.2': { ...modern, name: '3.2', messages: 'packed', getLogout: true, csrfLength: 64, checksOrigin: false },
  '5.2': { ...modern, name: '5.2' },
  main: { ...modern, name: 'main', pageMarks: 'aria' },
};
