/** The command was called in a way that cannot be meant. */
export class UsageError extends TypeError {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
