/** Which names one call has given to which links, so that no file of it can take another's place. */
export class Claims {
  readonly #owners = new Map<string, string>();

  /** `same`: the link itself was given this name before; `taken`: another link was. */
  claim(name: string, url: string): 'new' | 'same' | 'taken' {
    // Some file systems do not tell case apart.
    const key = name.toLowerCase();
    const owner = this.#owners.get(key);
    if (owner === undefined) {
      this.#owners.set(key, url);
      return 'new';
    }
    return owner === url ? 'same' : 'taken';
  }
}
