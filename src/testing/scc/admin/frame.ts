import { escapeHtml } from '../../kit/html.js';
import type { Visit } from '../visit.js';

/** A page of the admin in the frame of grappelli; it shows the messages that wait (scc.md, 3.4 and 17.3). */
export function adminPage(visit: Visit, bodyClass: string, title: string, content: string): string {
  const messages = visit.takeMessages();
  const list =
    messages.length === 0
      ? ''
      : ` <ul class="grp-messagelist">${messages.map(({ level, text }) => `<li class="grp-${level}">${escapeHtml(text)}</li>`).join('')}</ul>\n`;
  return `<!DOCTYPE html>
<html lang="en-us"><head><meta charset="utf-8"><title>${escapeHtml(title)} | Single Calculus Chain</title></head>
<body class="${bodyClass}"><div id="container" class="grp-container">
<header id="grp-header"><div class="grp-row"><ul id="grp-user-tools"><li>${logoutLink(visit)}</li></ul></div></header>
<article id="grp-content">
${list} <header id="grp-content-title"><h1>${escapeHtml(title)}</h1></header>
 <div id="grp-content-container">
${content}
 </div>
</article></div></body></html>
`;
}

/** A link up to grappelli 3.0.8, a form from 3.0.9 on (18.2). */
function logoutLink(visit: Visit): string {
  const target = escapeHtml(visit.href('admin/logout/'));
  if (visit.world.profile.getLogout) return `<a href="${target}">Log out</a>`;
  return `<form id="logout-form" method="post" action="${target}"><input type="hidden" name="csrfmiddlewaretoken" value="${visit.formToken()}"><button type="submit">Log out</button></form>`;
}
