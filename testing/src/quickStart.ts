/** Settings by which a server starts sooner, for tests that start one often: on one API thread, which nothing warms up. */
export const QUICK_START = { WARM_UP_MS: '0', WORKERS: '1' } as const;
