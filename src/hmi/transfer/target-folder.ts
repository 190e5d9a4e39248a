import { toPath } from '../../core/files/paths.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { isUrl } from '../../core/util/realms.js';

/**
 * The folder that files go to.
 *
 * @throws `TypeError` for one that is neither a path nor a `file:` URL.
 */
export function targetFolder(args: Arguments, directory: string | URL): string {
  if (!isUrl(directory)) args.text(directory, 'directory');
  return toPath(directory, args.label('directory'));
}
