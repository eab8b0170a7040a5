import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button, EmptyState, ShowQuery } from '../../../components/index.ts';
import type { AdminModelVersionFragment } from '../../../gql/graphql.ts';
import { pageQuery } from '../../../routing/pageQuery.ts';
import { AdminPart } from '../parts/AdminPart.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Panel } from '../parts/Panel.tsx';
import parts from '../parts/parts.module.css';
import { useSaid } from '../parts/Said.tsx';
import { whileVisible } from '../parts/polling.ts';
import { TrainingNow } from '../parts/TrainingNow.tsx';
import { ModelsOverTime } from './ModelsOverTime.tsx';
import { ModelVersionCard } from './ModelVersionCard.tsx';
import { ModelsQuery } from './operations.ts';
import { useModelChange } from './useModelChange.ts';

const modelsQuery = pageQuery(ModelsQuery, {});

/** The versions of the model: how good each is, what the gate said, and which one serves. */
export default function Models() {
  const { t } = useLingui();
  const [query, options] = modelsQuery;
  const result = useQuery(query, { ...options, fetchPolicy: 'cache-and-network', ...whileVisible(30_000) });
  return (
    <div>
      <TrainingNow />
      <AdminPart result={result} errorTitle={t`The versions did not load`}>
        {({ models }) =>
          models.length === 0 ? (
            <EmptyState title={t`No model has been trained yet`}>
              <Trans>
                The first start trains one in the background; lists show what is popular until then.
              </Trans>
            </EmptyState>
          ) : (
            <>
              <ModelsOverTime models={models} />
              <Versions models={models} />
            </>
          )
        }
      </AdminPart>
    </div>
  );
}

type Asked = { kind: 'publish'; version: string; isRefused: boolean } | { kind: 'rollBack' } | null;

function Versions({ models }: { models: readonly AdminModelVersionFragment[] }) {
  const { t } = useLingui();
  const { publish, rollBack } = useModelChange();
  const [asked, setAsked] = useState<Asked>(null);
  const [says, say] = useSaid();
  const hasEarlier = models.some(({ state }) => state === 'EARLIER');
  const close = () => setAsked(null);
  return (
    <Panel
      title={t`Versions`}
      lead={
        <Trans>
          Newest first. Figures of different data or of different questions do not compare; the gate compares
          on the same held-out films.
        </Trans>
      }
      actions={
        <>
          <ShowQuery query={modelsQuery} of={t`Versions`} />
          {hasEarlier && (
            <Button onClick={() => setAsked({ kind: 'rollBack' })}>
              <Trans>Roll back</Trans>
            </Button>
          )}
        </>
      }
    >
      {says}
      <ol className={parts.cards}>
        {models.map((model) => (
          <ModelVersionCard
            key={model.version}
            model={model}
            onPublish={() =>
              setAsked({ kind: 'publish', version: model.version, isRefused: model.state === 'REFUSED' })
            }
          />
        ))}
      </ol>
      {asked?.kind === 'publish' && (
        <ConfirmDialog
          title={t`Publish version ${asked.version}?`}
          confirmLabel={t`Publish`}
          onConfirm={async () => {
            const version = await publish(asked.version);
            say(t`Version ${version} is published. Servers follow within a few seconds.`);
          }}
          onClose={close}
        >
          {asked.isRefused && (
            <p>
              <strong>
                <Trans>The quality gate refused this version.</Trans>
              </strong>
            </p>
          )}
          <WhatHappens />
        </ConfirmDialog>
      )}
      {asked?.kind === 'rollBack' && (
        <ConfirmDialog
          title={t`Roll back to the version before?`}
          confirmLabel={t`Roll back`}
          onConfirm={async () => {
            const version = await rollBack();
            say(t`Version ${version} is published again. Servers follow within a few seconds.`);
          }}
          onClose={close}
        >
          <WhatHappens />
        </ConfirmDialog>
      )}
    </Panel>
  );
}

const WhatHappens = () => (
  <p>
    <Trans>
      Servers load it beside the version that serves and change over between two requests: nobody waits, and
      no request fails. Lists that are open change when they are next asked for. The version that serves now
      stays on the disk, so that it can be published again.
    </Trans>
  </p>
);
