import { performance } from 'node:perf_hooks';

/** Work of this thread's event loop since it began, each moment shared evenly among the requests that were open then; in milliseconds. */
let sharedMs = 0;
let activeMs = 0;
let numOpen = 0;

/** Measures one request. */
export interface WorkMeter {
  /** Milliseconds of the event loop's work so far that fall to this request. */
  workMs(): number;
  stop(): void;
}

/** Begins to measure a request; whoever begins stops it. */
export function startWorkMeter(): WorkMeter {
  advance();
  const begunAt = sharedMs;
  numOpen++;
  let isOpen = true;
  return {
    workMs() {
      advance();
      return sharedMs - begunAt;
    },
    stop() {
      if (!isOpen) return;
      isOpen = false;
      advance();
      numOpen--;
    },
  };
}

function advance(): void {
  const { active } = performance.eventLoopUtilization();
  if (numOpen > 0) sharedMs += (active - activeMs) / numOpen;
  activeMs = active;
}
