import type { Rule } from 'eslint';

export const docOpeners: Rule.RuleModule;
