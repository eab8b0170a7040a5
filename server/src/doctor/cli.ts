import { Command } from '@commander-js/extra-typings';
import { AppError, readConfig, runCli } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { examine, toText } from './doctor.ts';
import { recomputeFindings } from './recompute.ts';

const program = new Command('npm run doctor --')
  .description(
    'Diagnoses a set-up and says how to fix it: Node.js, settings, home, database, sign-in, models, Redis, TensorFlow.js, TensorFlow Serving, port.',
  )
  .option('--json', 'print one JSON object on stdout instead of lines', false)
  .option(
    '--recompute',
    'instead, recount the stored aggregates from the ratings and show where they differ',
    false,
  )
  .option('--mend', 'with --recompute: correct what differs; servers may go on', false)
  .addHelpText(
    'after',
    '\nReads the same settings as the server. Ends with status 0 where nothing is broken (warnings allowed), else 7.\nMended differences are not failures.',
  )
  .allowExcessArguments(false)
  .action(async ({ json, recompute, mend }) => {
    if (mend && !recompute) throw new AppError('BAD_USER_INPUT', '--mend goes with --recompute');
    const findings = recompute
      ? await recomputeFindings(readConfig(process.env, databaseUrlProblems), mend)
      : await examine(process.env, process.versions.node);
    const failed = findings.filter(({ status }) => status === 'fail').length;
    process.stdout.write(json ? `${JSON.stringify({ ok: failed === 0, findings })}\n` : toText(findings));
    if (failed > 0)
      throw new AppError(
        'ENVIRONMENT',
        `${failed} of ${findings.length} findings are failures${json ? '' : ', each with what to do'}`,
        { isInResult: true },
      );
  });

await runCli(program, process.argv);
