import { Trans, useLingui } from '@lingui/react/macro';
import { Panel } from './Panel.tsx';
import parts from './parts.module.css';

interface ProblemsProps {
  problems: readonly string[];
  isReady: boolean;
}

/** Lists what is wrong on the server, in its own sentences. */
export function Problems({ problems, isReady }: ProblemsProps) {
  const { t } = useLingui();
  return (
    <Panel title={problems.length === 0 && isReady ? t`All is well` : t`Something is wrong`}>
      {problems.length > 0 ? (
        <ul className={parts.cards}>
          {problems.map((problem) => (
            <li key={problem} className={parts.said}>
              {problem}
            </li>
          ))}
        </ul>
      ) : (
        <p className={parts.soft}>
          {isReady ? (
            <Trans>The server is ready and reports no problem.</Trans>
          ) : (
            <Trans>The server is not ready: it is to be sent no requests yet.</Trans>
          )}
        </p>
      )}
    </Panel>
  );
}
