import { PORTAL_OPERATIONS } from './portalOperations.ts';

/** The label of an operation: its name where the portal has it, else `other`, as whoever asks by another name cannot make a label; `none` where it has no name, or was refused before it had one. */
export function operationLabel(name: string | null | undefined): string {
  if (name === null || name === undefined) return 'none';
  return PORTAL_OPERATIONS.has(name) ? name : 'other';
}
