import type { Rule } from 'eslint';

export const ROOMS: readonly string[];
export const OWNERS: Readonly<Record<string, string>>;
export function objectionTo(from: string, to: string): string | undefined;
export const arrowsRule: Rule.RuleModule;
