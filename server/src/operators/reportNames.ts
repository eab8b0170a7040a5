/** The parts of a running server's state that commands ask for. */
export const REPORTS = ['health', 'budgets', 'coverage', 'catalogue'] as const;

export type ReportName = (typeof REPORTS)[number];
