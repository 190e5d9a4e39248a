/** What the SDK calls a thing, and what the command calls it. */
export type Vocabulary = ReadonlyMap<string, string>;

/** A text of the SDK in the words of the command: without the name of the call, with options in place of parameters. */
export function inCommandWords(text: string, vocabulary: Vocabulary): string {
  const word = (name: string): string => vocabulary.get(name) ?? name;
  return (
    text
      .replaceAll(/(^|[\s(])(?:scc|imap|hmi|scops)\.[a-zA-Z]+: /gu, '$1')
      .replaceAll(/\boptions? ([a-z]\w*)(?:: true)?/gu, (all, name: string) => vocabulary.get(name) ?? all)
      .replace(/^[a-z]\w*(?=(?:\[\d+\])?(?: (?:must|is|and|cannot|does|names|knows)\b|: ))/u, word)
      // A property of an option, such as `dem.header`, and names of several words.
      .replaceAll(/(?<![\w./\\-])(?:[a-z]+\.[a-z]\w*|[a-z]+[A-Z]\w*)(?![\w./\\-])/gu, word)
  );
}
