/** The names of a table's rows, in their order. */
export function namesOf<const Rows extends readonly { readonly name: string }[]>(
  rows: Rows,
): { readonly [Index in keyof Rows]: Rows[Index]['name'] };
export function namesOf(rows: readonly { readonly name: string }[]): readonly string[] {
  return rows.map(({ name }) => name);
}
