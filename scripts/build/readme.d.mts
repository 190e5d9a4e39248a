/** What of a manifest says where the repository is. */
export interface Addressed {
  readonly version: string;
  readonly repository?: string | { readonly url: string };
  readonly homepage?: string;
}

export function basesOf(manifest: Addressed): { readonly link: string; readonly image: string } | undefined;

export function packedReadme(readme: string, manifest: Addressed): string;
