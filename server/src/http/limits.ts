import type { HoldingLimits } from './holdings.ts';

/** Bytes of a request's body: room for a query and its variables many times over. */
export const MAX_BODY_BYTES = 200 * 1024;

/** Bounds of what clients may make the front hold. */
export interface FrontLimits {
  /** Bodies that are being read. */
  bodies: HoldingLimits;
  /** Answers that are being written. */
  answers: HoldingLimits;
  connections: HoldingLimits;
  /** Bytes of bodies that wait for their answers. */
  waitingBytes: number;
}

const MEGABYTE = 1024 * 1024;

export const FRONT_LIMITS: FrontLimits = {
  bodies: {
    number: 1_000,
    bytes: 32 * MEGABYTE,
    numberByAddress: 200,
    bytesByAddress: 8 * MEGABYTE,
    quietMs: 30_000,
  },
  answers: {
    number: 4_000,
    bytes: 64 * MEGABYTE,
    numberByAddress: 1_000,
    bytesByAddress: 16 * MEGABYTE,
    quietMs: 10_000,
  },
  connections: {
    number: 10_000,
    bytes: Infinity,
    numberByAddress: 8_000,
    bytesByAddress: Infinity,
    quietMs: Infinity,
  },
  waitingBytes: 64 * MEGABYTE,
};
