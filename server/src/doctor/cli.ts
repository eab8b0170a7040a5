import { Command } from '@commander-js/extra-typings';
import { AppError, runCli } from '@pocketrocket/runtime';
import { examine, toText } from './doctor.ts';

const program = new Command('doctor')
  .description(
    'Diagnoses a set-up and says how to fix it: Node.js, settings, home, database, sign-in, models, Redis, TensorFlow Serving, port.',
  )
  .option('--json', 'print one JSON object on stdout instead of lines', false)
  .addHelpText(
    'after',
    '\nReads the same settings as the server. Ends with status 0 where nothing is broken (warnings allowed), else 7.',
  )
  .allowExcessArguments(false)
  .action(async ({ json }) => {
    const findings = await examine(process.env, process.versions.node);
    const failed = findings.filter(({ status }) => status === 'fail').length;
    process.stdout.write(json ? `${JSON.stringify({ ok: failed === 0, findings })}\n` : toText(findings));
    if (failed > 0)
      throw new AppError(
        'ENVIRONMENT',
        `${failed} of ${findings.length} findings are failures${json ? '' : ', each with what to do'}`,
      );
  });

await runCli(program, process.argv);
