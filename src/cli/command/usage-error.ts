/** The command was called with invalid arguments or options. */
export class UsageError extends TypeError {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
