import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../../components/index.ts';
import { MetricTable } from '../../../components/metrics/MetricTable.tsx';
import { useProtocolWords } from '../../../components/metrics/useProtocolWords.ts';
import { useFigures } from '../../../components/text/figures.ts';
import type { AdminModelVersionFragment, ModelVersionState } from '../../../gql/graphql.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import parts from '../parts/parts.module.css';
import styles from './Models.module.css';

interface ModelVersionCardProps {
  model: AdminModelVersionFragment;
  onPublish: () => void;
}

/** One version: what it was trained on, its figures beside those of popularity, and the gate's verdict. */
export function ModelVersionCard({ model, onPublish }: ModelVersionCardProps) {
  const { t } = useLingui();
  const { formatMoment } = useFigures();
  const { formatCount } = useFormats();
  const protocolWords = useProtocolWords();
  const { version, state, isServing, trainedAt, dataset, recipe, problem, metrics, gate } = model;
  const { ratingCount, userCount, movieCount, protocol, protocolName, evaluatedUserCount } = model;
  return (
    <li className={parts.card}>
      <div className={parts.cardHead}>
        <h3>
          <Trans>Version {version}</Trans>
        </h3>
        {isServing && (
          <span className={`${parts.chip} ${parts.good}`}>
            <Trans>answers now</Trans>
          </span>
        )}
        <State state={state} />
        {state !== 'SERVED' && state !== 'BROKEN' && (
          <Button onClick={onPublish}>
            <Trans>
              Publish<span className="visually-hidden"> version {version}</span>
            </Trans>
          </Button>
        )}
      </div>
      {problem !== null && <p className={parts.said}>{problem}</p>}
      {trainedAt !== null && (
        <p className={parts.soft}>
          <Trans>
            Trained {formatMoment(trainedAt)}, {recipe} recipe, on {dataset}: {formatCount(ratingCount ?? 0)}{' '}
            ratings of {formatCount(movieCount ?? 0)} films by {formatCount(userCount ?? 0)} people.
          </Trans>
        </p>
      )}
      {metrics.length > 0 && (
        <details className={styles.more} open={isServing}>
          <summary>
            <Trans>Figures and the gate’s verdict</Trans>
          </summary>
          <div className={styles.columns}>
            <div>
              <MetricTable
                caption={t`Version ${version} beside the most popular films`}
                metrics={metrics}
                explained
              />
              <p className={parts.soft}>
                {protocol !== null && protocolWords(protocolName ?? '', protocol)}{' '}
                {evaluatedUserCount !== null && (
                  <Plural value={evaluatedUserCount} one="Asked of # person." other="Asked of # people." />
                )}
              </p>
            </div>
            <Gate gate={gate} />
          </div>
        </details>
      )}
    </li>
  );
}

function State({ state }: { state: ModelVersionState }) {
  const { t } = useLingui();
  const words: Record<ModelVersionState, string> = {
    SERVED: t`published`,
    EARLIER: t`published before`,
    REFUSED: t`refused by the gate`,
    UNPUBLISHED: t`never published`,
    BROKEN: t`cannot be read`,
  };
  const isBad = state === 'REFUSED' || state === 'BROKEN';
  return <span className={isBad ? `${parts.chip} ${parts.bad}` : parts.chip}>{words[state]}</span>;
}

function Gate({ gate }: Pick<AdminModelVersionFragment, 'gate'>) {
  const { formatFigure } = useFigures();
  if (!gate)
    return (
      <p className={parts.soft}>
        <Trans>There is no verdict of the quality gate on this version.</Trans>
      </p>
    );
  const { decision, isForced, reasons, candidate, popularity, serving, servingVersion, userCount } = gate;
  return (
    <div className={styles.gate}>
      <h4>
        <Trans>Quality gate</Trans>
      </h4>
      <p>
        {decision === 'passed' ? (
          <Trans>It passed.</Trans>
        ) : decision === 'refused' ? (
          <Trans>It was refused.</Trans>
        ) : (
          <Trans>It was not measured: the data are too few.</Trans>
        )}{' '}
        {isForced && <Trans>It was published in spite of that.</Trans>}
      </p>
      {reasons.map((reason) => (
        <p key={reason} className={parts.said}>
          {reason}
        </p>
      ))}
      {candidate !== null && (
        <dl className={styles.compared}>
          <div>
            <dt>
              <Trans>nDCG of this version</Trans>
            </dt>
            <dd>{formatFigure(candidate)}</dd>
          </div>
          {serving !== null && (
            <div>
              <dt>
                <Trans>of version {servingVersion}, which served then</Trans>
              </dt>
              <dd>{formatFigure(serving)}</dd>
            </div>
          )}
          {popularity !== null && (
            <div>
              <dt>
                <Trans>of the most popular films</Trans>
              </dt>
              <dd>{formatFigure(popularity)}</dd>
            </div>
          )}
        </dl>
      )}
      <p className={parts.soft}>
        <Plural
          value={userCount}
          one="Compared on the held-out films of # person."
          other="Compared on the held-out films of # people."
        />
      </p>
    </div>
  );
}
