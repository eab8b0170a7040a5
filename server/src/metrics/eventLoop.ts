import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

const RESOLUTION_MS = 10;
const PER_SECOND = 1e9;

/** Adds how long this thread's event loop was held up since the last look, and how long it has worked so far. */
export function addEventLoopMetrics(register: Registry): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  new Gauge({
    name: 'pocketrocket_event_loop_delay_seconds',
    help: 'Delay of the event loop since the last scrape.',
    labelNames: ['quantile'],
    registers: [register],
    collect() {
      const beyond = (nanoseconds: number) => Math.max(0, nanoseconds / PER_SECOND - RESOLUTION_MS / 1000);
      for (const quantile of [50, 99]) {
        const value = delay.count === 0 ? 0 : beyond(delay.percentile(quantile));
        this.set({ quantile: String(quantile / 100) }, value);
      }
      this.set({ quantile: '1' }, delay.count === 0 ? 0 : beyond(delay.max));
      delay.reset();
    },
  });
  new Counter({
    name: 'pocketrocket_event_loop_active_seconds_total',
    help: 'Time in which the event loop worked.',
    registers: [register],
    collect() {
      this.reset();
      this.inc(performance.eventLoopUtilization().active / 1000);
    },
  });
}
