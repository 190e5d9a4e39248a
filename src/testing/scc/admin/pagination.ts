import { escapeHtml } from '../../kit/html.js';
import type { SccProfile } from '../profiles.js';
import { queryString, type ListQuery } from './query.js';

const EACH_SIDE = 3;
const ON_ENDS = 2;
const MAX_SHOW_ALL = 200;

/** Which rows a page shows. */
export interface PageCut {
  /** 1-based, whatever the profile. */
  readonly page: number;
  readonly pageCount: number;
  readonly resultCount: number;
  readonly totalCount: number;
  /** Whether there are page links. */
  readonly paged: boolean;
  readonly showAllLink: boolean;
  readonly from: number;
  readonly to: number;
}

/** Finds the page; `undefined` when there is none of that number, which Django answers with `?e=1`. */
export function cutPage(
  query: Pick<ListQuery<never>, 'page' | 'showAll'>,
  counts: { readonly result: number; readonly total: number; readonly pageSize: number },
  profile: SccProfile,
): PageCut | undefined {
  const { result, total, pageSize } = counts;
  const several = result > pageSize;
  const canShowAll = result <= MAX_SHOW_ALL;
  const whole = !several || (query.showAll && canShowAll);
  const pageCount = Math.max(1, Math.ceil(result / pageSize));
  const page = whole ? 1 : (query.page ?? profile.firstPage) - profile.firstPage + 1;
  if (page < 1 || page > pageCount) return undefined;
  return {
    page,
    pageCount,
    resultCount: result,
    totalCount: total,
    paged: several && !whole,
    showAllLink: canShowAll && !query.showAll && several,
    from: whole ? 0 : (page - 1) * pageSize,
    to: whole ? result : page * pageSize,
  };
}

/** `nav.grp-pagination` (scc.md, 4.3, 17.3 to 17.5). */
export function paginationNav(
  cut: PageCut,
  kept: ListQuery<never>['kept'],
  profile: SccProfile,
  showFullResultCount: boolean,
): string {
  const { resultCount, totalCount } = cut;
  const filtered = resultCount !== totalCount;
  const items: string[] = [];
  if (filtered || !showFullResultCount) {
    items.push(`<li class="grp-results"><span>${resultCount} ${resultCount === 1 ? 'result' : 'results'}</span></li>`);
  }
  if (!showFullResultCount) items.push('<li class="grp-results"><a href="?" class="total">Show all</a></li>');
  else if (filtered) items.push(`<li class="grp-results"><a href="?" class="total">${totalCount} total</a></li>`);
  else items.push(`<li class="grp-results"><span>${totalCount} total</span></li>`);
  if (cut.paged) {
    for (const page of pageNumbers(cut.page, cut.pageCount)) {
      if (page === undefined) items.push('<li class="grp-separator"><span>...</span></li>');
      else items.push(`<li>${pageLink(page, cut, kept, profile)}</li>`);
    }
  }
  if (cut.showAllLink) {
    items.push(`<li class="grp-showall"><a href="${escapeHtml(queryString(kept, { all: '' }))}">Show all</a></li>`);
  }
  return `<nav class="grp-pagination"><header style="display:none"><h1>Pagination</h1></header><ul>\n${items.join('\n')}\n</ul></nav>`;
}

function pageLink(page: number, cut: PageCut, kept: ListQuery<never>['kept'], profile: SccProfile): string {
  if (page === cut.page) {
    return profile.pageMarks === 'aria'
      ? `<a href="" aria-current="page">${page}</a>`
      : `<span class="this-page">${page}</span>`;
  }
  const href = escapeHtml(queryString(kept, { p: String(page - 1 + profile.firstPage) }));
  const end = page === cut.pageCount && profile.pageMarks === 'classes' ? ' class="end"' : '';
  return `<a href="${href}"${end}>${page}</a>`;
}

/** Page numbers as Django elides them; `undefined` is the ellipsis. */
function pageNumbers(page: number, count: number): (number | undefined)[] {
  const span = (from: number, to: number): number[] =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_unused, index) => from + index);
  if (count <= (EACH_SIDE + ON_ENDS) * 2) return span(1, count);
  const before =
    page > 1 + EACH_SIDE + ON_ENDS + 1
      ? [...span(1, ON_ENDS), undefined, ...span(page - EACH_SIDE, page)]
      : span(1, page);
  const after =
    page < count - EACH_SIDE - ON_ENDS - 1
      ? [...span(page + 1, page + EACH_SIDE), undefined, ...span(count - ON_ENDS + 1, count)]
      : span(page + 1, count);
  return [...before, ...after];
}
