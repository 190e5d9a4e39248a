/** A span as it was exported. */
export interface ExportedSpan {
  readonly name: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
  readonly ms: number;
}

export function setUp(): {
  /** Those that have ended. */
  readonly spans: () => ExportedSpan[];
  /** What was recorded in histograms. */
  readonly durations: { readonly ms: number; readonly route: string; readonly operation: string }[];
};
