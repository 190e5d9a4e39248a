/** Which names one call has given to which links, so that no file of it can take another's place. */
export class ReservedNames {
  readonly #owners = new Map<string, string>();

  /**
   * Reserves a name for a link.
   *
   * @returns `false` where the name was given to another link before.
   */
  reserve(name: string, url: string): boolean {
    // Some file systems ignore case.
    const key = name.toLowerCase();
    const owner = this.#owners.get(key) ?? url;
    this.#owners.set(key, owner);
    return owner === url;
  }
}
