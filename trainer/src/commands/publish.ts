import { Argument, Command } from '@commander-js/extra-typings';
import { listVersions, misfitOf, publishVersion, readArtifact } from '@pocketrocket/model/artifact';
import { changePublished, readPublished } from '@pocketrocket/model/publication';
import { AppError } from '@pocketrocket/runtime';
import { readDataAtHand } from '../data/publishedModel.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { jsonOption, parseVersion, progressOption } from './common/options.ts';
import { publicationDeps, refuseToEndWithout } from './common/publication.ts';
import { noSuchVersion } from './show.ts';

export function publishCommand(context: CommandContext) {
  return new Command('publish')
    .description(
      'Make a version the one that serves, also an older one or one that the gate refused. Running servers follow ' +
        'within five seconds; `rollback` takes it back.',
    )
    .addArgument(new Argument('<version>', 'its number, as `list` shows it').argParser(parseVersion))
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((version, options) =>
      withRun(context, options.progress, async (run) => {
        const { modelDir } = run.config;
        const deps = publicationDeps(run);
        const before = await readPublished(deps);
        if (!(await listVersions(modelDir)).includes(version)) throw noSuchVersion(version, modelDir);
        const artifact = await readArtifact(modelDir, version);
        const misfit = misfitOf(artifact, await withDatabase(run, readDataAtHand));
        if (misfit !== null) {
          throw new AppError('ARTIFACT_INVALID', `version ${version} cannot be published: ${misfit}`);
        }
        const { result: current, redisProblem } = await changePublished(deps, before, () =>
          publishVersion(modelDir, version, new Date(), before.onDisk),
        );
        run.progress.close();
        const isRefused = artifact.manifest.gate?.decision === 'refused';
        printResult(
          run,
          options.json,
          () => ({ ...current, redisProblem }),
          () => `published version ${version}${isRefused ? ', which the gate had refused' : ''}\n`,
        );
        refuseToEndWithout(redisProblem);
      }),
    );
}
