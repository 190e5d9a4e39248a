import { parsePage } from '../../core/html/page.js';
import { isFieldError } from '../errors.js';

const SELECTORS = {
  heading: 'h3',
  alert: 'div.alert-box',
  dataField: 'input#id_data',
  dataName: 'input[name=data]',
} as const;

/** Whether the page shows the upload form. */
export async function isUploadForm(text: string): Promise<boolean> {
  return (await parsePage(text)).first(SELECTORS.dataName) !== undefined;
}

/** The id in the heading of a measurement's page: `Measurement <id>`. */
export async function readMeasurementId(text: string): Promise<string | undefined> {
  for (const heading of (await parsePage(text)).all(SELECTORS.heading)) {
    const id = /^Measurement\s+([A-Za-z0-9_-]{8,64})\b/u.exec(heading.text)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}

/**
 * The reasons of a refused upload: alert boxes, and texts beside the file field. Where neither is found the list is
 * empty: refused without a reason given.
 */
export async function readRejection(text: string): Promise<string[]> {
  const page = await parsePage(text);
  const alerts = page.all(SELECTORS.alert).map((box) => box.first('p')?.text ?? box.text);
  const field = page.first(SELECTORS.dataField)?.parent;
  const beside = (field?.all('p') ?? []).map((paragraph) => paragraph.text);
  const list = (field?.all('ul.errorlist li') ?? []).map((item) => item.text);
  const bare = field !== undefined && beside.length === 0 && isFieldError(field.text) ? [field.text] : [];
  return [...new Set([...alerts, ...beside, ...list, ...bare])].filter((message) => message !== '');
}
