import type { Config } from '@pocketrocket/runtime';

/** The result of one check of one part. */
export interface Finding {
  /** The part, such as `database`. */
  part: string;
  /** `fail`: something does not work. `warn`: it works, but not as it should, or not for long. */
  status: 'ok' | 'warn' | 'fail';
  /** The finding, in words. */
  message: string;
  /** The fix; left out where there is nothing to do. */
  advice?: string;
}

/** Looks at one part; what it throws counts as broken. */
export interface Check {
  part: string;
  look: (config: Config) => Promise<Finding[] | Finding> | Finding;
}

type Told = Omit<Finding, 'part' | 'status'>;

/** The findings of one part, worded once. */
export function about(part: string) {
  const as =
    (status: Finding['status']) =>
    (message: string, advice?: string): Finding => {
      const told: Told = advice === undefined ? { message } : { message, advice };
      return { part, status, ...told };
    };
  return { ok: as('ok'), warn: as('warn'), fail: as('fail') };
}
