// The README as it is packed. Its relative links lead into the repository, which the package is not: with an address in the manifest they
// become absolute and lead to the same version; without one they become text that names the file.
import { posix } from 'node:path';

/** Files of the repository that are in the package under the same name. */
const SHIPPED = /^(?:LICENSE|CHANGELOG\.md)$/u;
const LINK = /(!?)\[((?:[^\]\\]|\\.)*)\]\(([^()\s]+)\)/gu;
const FENCE = /^(```[\s\S]*?^```$)/mu;

/** Base addresses of the files of this version, for links and for images; `undefined` where the manifest names no address. */
export function basesOf({ version, repository, homepage }) {
  const url = typeof repository === 'string' ? repository : repository?.url;
  const found = /(?:^|[/@])((?:github|gitlab)\.[\w.-]+|codeberg\.org)[/:](.+?)(?:\.git)?$/u.exec(url ?? '');
  if (found !== null) {
    const [, host, path] = found;
    const at = `https://${host}/${path}`;
    if (host.startsWith('gitlab')) return { link: `${at}/-/blob/v${version}/`, image: `${at}/-/raw/v${version}/` };
    if (host === 'codeberg.org') return { link: `${at}/src/tag/v${version}/`, image: `${at}/raw/tag/v${version}/` };
    return { link: `${at}/blob/v${version}/`, image: `${at}/raw/v${version}/` };
  }
  if (homepage === undefined) return undefined;
  // The files as they are in the repository, in a folder of each version.
  const base = `${homepage.replace(/\/?(?:#.*)?$/u, '/')}v${version}/`;
  return { link: base, image: base };
}

/** What stands in the place of a link when no address is known. */
function asText(text, path) {
  if (SHIPPED.test(path)) return text === path ? `\`${path}\`` : `${text} (\`${path}\`)`;
  if (text.startsWith('`')) return text;
  return `${text} (\`${path}\`)`;
}

/** The text of the README for the package. */
export function packedReadme(readme, manifest) {
  const bases = basesOf(manifest);
  const parts = readme.split(FENCE).map((part, index) => {
    if (index % 2 === 1) return part;
    const linked = part.replaceAll(LINK, (whole, image, text, link) => {
      if (/^(?:[a-z][a-z+.-]*:|#)/iu.test(link)) return whole;
      const [path, anchor] = link.split('#');
      const target = posix.normalize(path);
      if (bases === undefined) return image === '' ? asText(text, target) : '';
      const address = `${image === '' ? bases.link : bases.image}${target}${anchor === undefined ? '' : `#${anchor}`}`;
      return `${image}[${text}](${address})`;
    });
    // A guide in brackets has one pair of them.
    return bases === undefined ? linked.replaceAll(/\((\w+) \((`[^`]+`)\)\)/gu, '($1: $2)') : linked;
  });
  return parts.join('').replaceAll(/\n{3,}/gu, '\n\n');
}
