import { openTfjsRanker } from '../../rankers/tfjs/tfjsRanker.ts';
import { createLogger, type Config } from '@pocketrocket/runtime';
import { about, type Finding } from '../finding.ts';

const { ok, fail } = about('tfjs');

/** Opens the SavedModel that is to rank, as the server does. */
export async function lookAtTfjs({ ranker, shadowRanker, savedModelDir }: Config): Promise<Finding[]> {
  if ((ranker !== 'tfjs' && shadowRanker !== 'tfjs') || savedModelDir === null)
    return [ok(`not used: RANKER=${ranker}`)];
  const silent = createLogger({ level: 'silent', name: 'doctor', stream: process.stderr });
  const opened = await openTfjsRanker(savedModelDir, silent);
  const problem = opened.problem();
  opened.close();
  if (problem === null) return [ok(`the SavedModel in ${savedModelDir} can rank`)];
  return [
    fail(
      problem.replace(/^RANKER=tfjs is not possible: /, ''),
      'npm run build:tfjs makes the library where it is missing (docs/tfjs.md); SAVED_MODEL_DIR names the SavedModel; the engine ranks meanwhile',
    ),
  ];
}
