// Reads the rendered documentation as a visitor would: every internal link and anchor leads somewhere, every page is reached
// from the start page or the navigation, and has one title; every heading has an anchor with a name. Run after `typedoc`.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { parse } from 'node-html-parser';

const site = fileURLToPath(new URL('../site/', import.meta.url));
const names = readdirSync(site, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
const files = new Set(names.filter((name) => statSync(join(site, name)).isFile()));
const pages = new Map(
  [...files]
    .filter((name) => name.endsWith('.html'))
    .map((name) => {
      const root = parse(readFileSync(join(site, name), 'utf8'));
      const ids = new Set(root.querySelectorAll('[id]').map((element) => element.id));
      return [name, { root, ids }];
    }),
);

const faults = [];
const reached = new Set(['index.html']);

/** Judges one link of a page (or of the navigation), and notes where it leads. */
function judge(from, link) {
  if (/^[a-z][a-z+.-]*:/iu.test(link)) return;
  const [path = '', anchor = ''] = link.split('#').map((part) => decodeURIComponent(part));
  const target = path === '' ? from : posix.normalize(posix.join(posix.dirname(from), path));
  if (!files.has(target)) faults.push(`${from}: ${link} leads to no file`);
  else if (target !== from) reached.add(target);
  if (anchor !== '' && pages.has(target) && !pages.get(target).ids.has(anchor))
    faults.push(`${from}: ${link} leads to no anchor`);
}

for (const [name, { root }] of pages) {
  for (const element of root.querySelectorAll('[href], [src]')) {
    const link = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
    if (link.endsWith('.md')) faults.push(`${name}: ${link} shows the text of a guide, not its page`);
    judge(name, link);
  }
  const titles = root.querySelectorAll('h1').length;
  if (titles !== 1) faults.push(`${name}: ${titles} titles`);
  for (const heading of root.querySelectorAll('h1, h2, h3, h4'))
    if (/^_?(?:-\d+)?$/u.test(heading.getAttribute('id') ?? 'none'))
      faults.push(`${name}: the heading "${heading.text}" has an anchor without a name`);
}

// The navigation is data: base64 of a deflated list of { path, children }.
const [, packed = ''] = /"(.+)"/u.exec(readFileSync(join(site, 'assets/navigation.js'), 'utf8')) ?? [];
function walk(entries) {
  for (const { path, children } of entries) {
    if (path !== undefined) judge('index.html', path);
    walk(children ?? []);
  }
}
walk(JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString('utf8')));

for (const name of pages.keys()) if (!reached.has(name)) faults.push(`${name}: no page and no navigation leads there`);

for (const fault of faults) console.error(fault);
console.log(`${pages.size} pages, ${faults.length} faults`);
process.exitCode = pages.size > 0 && faults.length === 0 ? 0 : 1;
