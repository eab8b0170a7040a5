import type { Rule } from 'eslint';

export const importArrows: Rule.RuleModule;
