import type { EpochProgress } from '@pocketrocket/engine';
import { z } from 'zod';

/** The status of a task process that has said why it failed. */
export const FAILED_STATUS = 1;

/** The first frame to a task process: what to do, and the tensors that every one of its kind is given alike. */
export const startSchema = z.object({
  kind: z.literal('start'),
  task: z.string(),
  settings: z.record(z.string(), z.unknown()),
});
export type TaskStart = Omit<z.infer<typeof startSchema>, 'kind'>;

export const progressSchema = z.object({
  kind: z.literal('progress'),
  epoch: z.number().int(),
  epochs: z.number().int(),
  loss: z.number(),
  ndcgAt10: z.number().optional(),
  endedBy: z.string().optional(),
} satisfies Record<keyof EpochProgress | 'kind', z.ZodType>);

/** The last frame of a task that could not be done. */
export const failedSchema = z.object({
  kind: z.literal('failed'),
  /** `BAD_DATA`: the data or the settings are at fault, another try ends alike. */
  code: z.enum(['BAD_DATA', 'INTERNAL']),
  message: z.string(),
});
export type TaskFailure = Omit<z.infer<typeof failedSchema>, 'kind'>;
