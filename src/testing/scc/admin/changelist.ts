import { escapeHtml } from '../../kit/html.js';
import type { Visit } from '../visit.js';
import { adminPage } from './frame.js';
import { cutPage, paginationNav, type PageCut } from './pagination.js';
import { readListQuery, type AdminFilter, type ListQuery } from './query.js';

/** A list of the admin. */
export interface Changelist<R> {
  readonly title: string;
  readonly filters: Readonly<Record<string, AdminFilter<R>>>;
  /** Names of the columns, for the heads. */
  readonly columns: readonly string[];
  /** Value of the row's check box. */
  readonly key: (row: R) => string;
  /** HTML of the cells after the check box. */
  readonly cells: (row: R, visit: Visit) => string;
  readonly rows: () => readonly R[];
  readonly actions: readonly (readonly [value: string, label: string])[];
}

/** GET of a changelist (scc.md, 4.1 to 4.3 and 3.3). */
export function changelist<R>(visit: Visit, list: Changelist<R>): Response {
  const { profile, options } = visit.world;
  const all = list.rows();
  const query = readListQuery(visit.query, list.filters);
  const found = query === undefined ? [] : all.filter((row) => query.filters.every((passes) => passes(row)));
  const counts = { result: found.length, total: all.length, pageSize: options.pageSize ?? 50 };
  const cut = query === undefined ? undefined : cutPage(query, counts, profile);
  if (query === undefined || cut === undefined) {
    if (!visit.query.has('e')) return visit.redirect(`${visit.context.url.pathname}?e=1`);
    return visit.html(
      adminPage(visit, '', 'Database error', '<p>Something’s wrong with your database installation.</p>'),
    );
  }
  return visit.html(adminPage(visit, 'grp-change-list', list.title, content(visit, list, query, cut, found)));
}

function content<R>(visit: Visit, list: Changelist<R>, query: ListQuery<R>, cut: PageCut, found: readonly R[]): string {
  const { profile, options } = visit.world;
  const nav = paginationNav(cut, query.kept, profile, options.showFullResultCount ?? true);
  const rows = found.slice(cut.from, cut.to);
  const bottom = rows.length === 0 ? '' : `\n   <div class="grp-module"><div class="grp-row">${nav}</div></div>`;
  return `  <div class="grp-module"><div class="grp-row"><div class="l-2cr-fluid l-d-6">
    <aside class="c-1"><form id="grp-filters"><select class="grp-filter-choice"><option value="?">All</option></select></form></aside>
    <div class="c-2">
     ${nav}</div></div></div></div>
  <form id="grp-changelist-form" action="" method="post" novalidate>
   <input type="hidden" name="csrfmiddlewaretoken" value="${visit.formToken()}">
   <section id="grp-changelist">${rows.length === 0 ? '' : table(visit, list, rows)}</section>${bottom}
   ${footer(list)}
  </form>`;
}

function table<R>(visit: Visit, list: Changelist<R>, rows: readonly R[]): string {
  const heads = list.columns.map((name) => `<th scope="col" class="sortable column-${name}">${escapeHtml(name)}</th>`);
  const body = rows.map((row, index) => {
    const box = `<td class="action-checkbox"><input type="checkbox" name="_selected_action" value="${escapeHtml(list.key(row))}" class="action-select"></td>`;
    return `<tr class="grp-row grp-row-${index % 2 === 0 ? 'even' : 'odd'}">${box}${list.cells(row, visit)}</tr>`;
  });
  body.push(...(visit.world.options.extraRows ?? []));
  return `<div class="grp-module grp-changelist-results">
    <table id="result_list" cellspacing="0" class="${visit.world.profile.name === 'legacy' ? '' : 'grp-table '}grp-sortable"><thead><tr>
      <th scope="col" class="action-checkbox-column"><input type="checkbox" id="action-toggle"></th>${heads.join('')}</tr></thead>
    <tbody>
${body.join('\n')}
    </tbody></table></div>`;
}

function footer<R>(list: Changelist<R>): string {
  const options = list.actions.map(([value, label]) => `<option value="${value}">${escapeHtml(label)}</option>`);
  return `<footer id="submit" class="grp-module grp-submit-row grp-fixed-footer"><ul><li class="grp-float-left grp-changelist-actions">
     <div class="grp-changelist-actions"><select name="action" required><option value="">---------</option>${options.join('')}</select>
        <input type="hidden" name="select_across" value="0" class="select-across">
        <button type="submit" class="grp-button" name="index" value="0">Go</button></div></li></ul></footer>`;
}
