import { z } from 'zod';

/** The jobs of one name, which stands for a stage of a training, as Spark noted them. */
export interface SparkStage {
  name: string;
  /** From the end of the last job of the same kind, such as `read`, where one came before; else from the first job's start. */
  begin: number;
  end: number;
  jobs: number;
  /** Of tasks, added up. */
  taskSeconds: number;
  shuffleBytes: number;
  spilledBytes: number;
  /** Heap in use at most, as far as it was looked at. */
  driverHeapBytes: number;
  executorHeapBytes: number;
}

const job = z.object({
  Event: z.literal('SparkListenerJobStart'),
  'Job ID': z.number(),
  'Submission Time': z.number(),
  'Stage IDs': z.array(z.number()),
  Properties: z.record(z.string(), z.string()).optional(),
});
const jobEnd = z.object({
  Event: z.literal('SparkListenerJobEnd'),
  'Job ID': z.number(),
  'Completion Time': z.number(),
});
const taskEnd = z.object({
  Event: z.literal('SparkListenerTaskEnd'),
  'Stage ID': z.number(),
  // A task that was lost has none.
  'Task Metrics': z
    .object({
      'Executor Run Time': z.number(),
      'Disk Bytes Spilled': z.number(),
      'Shuffle Write Metrics': z.object({ 'Shuffle Bytes Written': z.number() }),
    })
    .optional(),
});
const heaps = z.object({
  Event: z.literal('SparkListenerStageExecutorMetrics'),
  'Executor ID': z.string(),
  'Stage ID': z.number(),
  'Executor Metrics': z.object({ JVMHeapMemory: z.number() }),
});
const eventSchema = z.discriminatedUnion('Event', [job, jobEnd, taskEnd, heaps]);
const KINDS = eventSchema.options.map((option) => option.shape.Event.value as string);

const DESCRIPTION = 'spark.job.description';
const UNNAMED = 'other';

/** Adds up an application's event log, a JSON object a line, by the names of its jobs, in the order in which they began. */
export function stagesOf(log: string): SparkStage[] {
  const stages = new Map<string, SparkStage>();
  const byJob = new Map<number, SparkStage>();
  const bySparkStage = new Map<number, SparkStage>();
  let lastEnded: { name: string; at: number } | null = null;
  for (const line of log.split('\n')) {
    if (!KINDS.some((kind) => line.startsWith(`{"Event":"${kind}"`))) continue;
    const event = eventSchema.parse(JSON.parse(line));
    switch (event.Event) {
      case 'SparkListenerJobStart': {
        const name = event.Properties?.[DESCRIPTION] ?? UNNAMED;
        const follows: boolean = lastEnded !== null && kindOf(lastEnded.name) === kindOf(name);
        const begin = follows && lastEnded ? lastEnded.at : event['Submission Time'];
        const stage = stages.get(name) ?? emptyStage(name, begin);
        stages.set(name, stage);
        stage.jobs++;
        byJob.set(event['Job ID'], stage);
        // A stage of Spark that an earlier job has made is its own.
        for (const id of event['Stage IDs']) if (!bySparkStage.has(id)) bySparkStage.set(id, stage);
        break;
      }
      case 'SparkListenerJobEnd': {
        const stage = byJob.get(event['Job ID']);
        if (!stage) break;
        stage.end = Math.max(stage.end, event['Completion Time']);
        lastEnded = { name: stage.name, at: event['Completion Time'] };
        break;
      }
      case 'SparkListenerTaskEnd': {
        const stage = bySparkStage.get(event['Stage ID']);
        const metrics = event['Task Metrics'];
        if (!stage || !metrics) break;
        stage.taskSeconds += metrics['Executor Run Time'] / 1000;
        stage.spilledBytes += metrics['Disk Bytes Spilled'];
        stage.shuffleBytes += metrics['Shuffle Write Metrics']['Shuffle Bytes Written'];
        break;
      }
      case 'SparkListenerStageExecutorMetrics': {
        const stage = bySparkStage.get(event['Stage ID']);
        if (!stage) break;
        const key = event['Executor ID'] === 'driver' ? 'driverHeapBytes' : 'executorHeapBytes';
        stage[key] = Math.max(stage[key], event['Executor Metrics'].JVMHeapMemory);
        break;
      }
    }
  }
  return [...stages.values()];
}

/** The part of a name before its colon. */
function kindOf(name: string): string {
  return name.split(':', 1)[0] ?? name;
}

function emptyStage(name: string, begin: number): SparkStage {
  return {
    name,
    begin,
    end: begin,
    jobs: 0,
    taskSeconds: 0,
    shuffleBytes: 0,
    spilledBytes: 0,
    driverHeapBytes: 0,
    executorHeapBytes: 0,
  };
}
