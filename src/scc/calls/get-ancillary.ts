import { defined } from '../../core/util/defined.js';
import type { SccOperation } from '../context.js';
import { ANCILLARY_TYPES } from '../centre.js';
import { ancillarySchema, isNothing, listSchema, type ApiAncillary } from '../decode/schemas.js';
import { apiAncillaryRoute } from '../routes.js';
import { getJson } from '../site/get-page.js';
import type { AncillaryFile, AncillaryType } from '../types.js';

/** An ancillary file by name; one that is there wins over one that is only referred to. */
export async function getAncillary(
  op: SccOperation,
  filename: string,
  type: AncillaryType,
): Promise<AncillaryFile | undefined> {
  op.arguments.oneOf(type, 'type', ANCILLARY_TYPES);
  if (/[/\\]/u.test(op.arguments.text(filename, 'the file name')))
    throw op.arguments.invalid("give the file's name without folders");
  const url = apiAncillaryRoute(type);
  const init = op.init({ url });
  const value = await getJson(op, { url, query: [['filename', filename]] });
  if (isNothing(value)) return undefined;
  const { objects } = await listSchema.decode(value, { init, what: 'the list of ancillary files' });
  const files: AncillaryFile[] = [];
  for (const object of objects) {
    const decoded = await ancillarySchema.decode(object, { init, what: 'an ancillary file' });
    if (decoded.filename === filename) files.push(toAncillary(decoded, type));
  }
  return files.find((file) => file.exists) ?? files[0];
}

/** An ancillary file of the JSON API as ours; the SCC has none of those that are `missing`. */
function toAncillary({ id, filename, status }: ApiAncillary, type: AncillaryType): AncillaryFile {
  const exists = status?.toLowerCase() !== 'missing';
  return defined({ id, filename, type, status, exists });
}
