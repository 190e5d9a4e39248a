/** As much of sql.js as is used here; the package brings no types. */
export type SqlValue = number | string | Uint8Array | null;

export interface SqlStatement {
  bind(values: readonly SqlValue[]): boolean;
  step(): boolean;
  getAsObject(): Record<string, SqlValue>;
  free(): boolean;
}

export interface SqlDatabase {
  prepare(sql: string): SqlStatement;
  close(): void;
}

export interface SqlModule {
  readonly Database: new (bytes: Uint8Array) => SqlDatabase;
}

declare function initSqlJs(): Promise<SqlModule>;
export { initSqlJs as default };
