// A typedoc plugin: a guide is called by its heading, not by its file name.
import { Converter } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const [first] = document.content;
    const heading = first?.kind === 'text' ? /^\s*# (.+)\n/u.exec(first.text) : null;
    if (heading === null) return;
    document.name = heading[1];
    first.text = first.text.slice(heading[0].length);
  });
}
