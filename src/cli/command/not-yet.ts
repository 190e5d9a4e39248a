/** What was asked for is not there yet: the same command may bring it later. */
export class NotYet extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotYet';
  }
}
