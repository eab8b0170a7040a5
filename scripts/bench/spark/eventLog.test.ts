import { expect, it } from '@jest/globals';
import { stagesOf } from './eventLog.ts';

const start = (id: number, at: number, name: string | null, stageIds: number[]) => ({
  Event: 'SparkListenerJobStart',
  'Job ID': id,
  'Submission Time': at,
  'Stage IDs': stageIds,
  Properties: name === null ? {} : { 'spark.job.description': name },
});
const end = (id: number, at: number) => ({
  Event: 'SparkListenerJobEnd',
  'Job ID': id,
  'Completion Time': at,
});
const task = (stageId: number, ms: number, shuffled: number) => ({
  Event: 'SparkListenerTaskEnd',
  'Stage ID': stageId,
  'Task Metrics': {
    'Executor Run Time': ms,
    'Disk Bytes Spilled': 1,
    'Shuffle Write Metrics': { 'Shuffle Bytes Written': shuffled },
  },
});
const heap = (stageId: number, executor: string, bytes: number) => ({
  Event: 'SparkListenerStageExecutorMetrics',
  'Executor ID': executor,
  'Stage ID': stageId,
  'Executor Metrics': { JVMHeapMemory: bytes },
});

const logOf = (events: object[]) =>
  `${events.map((event) => JSON.stringify(event)).join('\n')}\n{"Event":"SparkListenerLogStart"}\n`;

it('adds up what the jobs of a name took', () => {
  const stages = stagesOf(
    logOf([
      start(0, 1000, 'read: order', [0, 1]),
      task(0, 500, 10),
      task(1, 250, 0),
      { Event: 'SparkListenerTaskEnd', 'Stage ID': 1 },
      heap(0, 'driver', 7),
      heap(1, '0', 9),
      end(0, 2000),
      // The second job skips what the first one has made.
      start(1, 2100, 'read: order', [0, 2]),
      task(2, 250, 5),
      heap(2, 'driver', 6),
      end(1, 3000),
    ]),
  );
  expect(stages).toEqual([
    {
      name: 'read: order',
      begin: 1000,
      end: 3000,
      jobs: 2,
      taskSeconds: 1,
      shuffleBytes: 15,
      spilledBytes: 3,
      driverHeapBytes: 7,
      executorHeapBytes: 9,
    },
  ]);
});

it('counts the time between stages of a kind for the later one, but not what others did before', () => {
  const stages = stagesOf(
    logOf([
      start(0, 1000, 'read: ids', []),
      end(0, 2000),
      start(1, 2500, 'read: order', []),
      end(1, 3000),
      start(2, 9000, 'fit: ease', []),
      start(3, 9100, null, []),
      end(3, 9200),
      end(2, 9900),
    ]),
  );
  expect(stages.map(({ name, begin, end: until }) => [name, begin, until])).toEqual([
    ['read: ids', 1000, 2000],
    ['read: order', 2000, 3000],
    ['fit: ease', 9000, 9900],
    ['other', 9100, 9200],
  ]);
});
