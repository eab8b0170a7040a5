import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button, EmptyState } from '../../../components/index.ts';
import type { AdminKeysQuery } from '../../../gql/graphql.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { Form, SubmitButton } from '../../forms/Form.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useSubmit } from '../../forms/useSubmit.ts';
import { AdminPart } from '../parts/AdminPart.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Panel } from '../parts/Panel.tsx';
import parts from '../parts/parts.module.css';
import { useSaid } from '../parts/Said.tsx';
import { Secret } from '../parts/Secret.tsx';
import { CreateKey } from './CreateKey.tsx';
import { KeyTable } from './KeyTable.tsx';
import { KeysQuery } from './operations.ts';
import { useKeys, type MadeSecret } from './useKeys.ts';

type App = NonNullable<AdminKeysQuery['admin']>['apps'][number];

/** Apps of others and their API keys: made, rotated, revoked. */
export default function Keys() {
  const { t } = useLingui();
  const result = useQuery(KeysQuery, { fetchPolicy: 'cache-and-network' });
  return (
    <div>
      <AdminPart result={result} errorTitle={t`The apps did not load`}>
        {({ apps }) =>
          apps.length === 0 ? (
            <EmptyState title={t`There are no apps yet`}>
              <Trans>An app asks with a key of its own, and has users of its own.</Trans>
            </EmptyState>
          ) : (
            apps.map((app) => <AppPanel key={app.appId} app={app} />)
          )
        }
      </AdminPart>
      <NewApp />
    </div>
  );
}

function AppPanel({ app }: { app: App }) {
  const { t } = useLingui();
  const { formatDay } = useFormats();
  const { deleteApp } = useKeys();
  const [made, setMade] = useState<MadeSecret>();
  const [isDeleting, setDeleting] = useState(false);
  const { appId, name, createdAt, userCount, sharesUsers, keys } = app;
  return (
    <Panel
      title={name}
      lead={
        <>
          <Trans>Made {formatDay(createdAt)}.</Trans>{' '}
          <Plural value={userCount} one="It has # user." other="It has # users." />{' '}
          {sharesUsers ? (
            <Trans>Everybody sees its users and their ratings.</Trans>
          ) : (
            <Trans>It alone sees its users and their ratings.</Trans>
          )}
        </>
      }
      actions={
        <Button onClick={() => setDeleting(true)}>
          <Trans>
            Delete<span className="visually-hidden"> {name}</span>
          </Trans>
        </Button>
      }
    >
      {made && <Secret {...made} onDone={() => setMade(undefined)} />}
      {keys.length === 0 ? (
        <p>
          <Trans>It has no key yet.</Trans>
        </p>
      ) : (
        <KeyTable keys={keys} of={name} onSecret={setMade} />
      )}
      <CreateKey app={app} onSecret={setMade} />
      {isDeleting && (
        <ConfirmDialog
          title={t`Delete ${name}?`}
          confirmLabel={t`Delete for good`}
          typed={name}
          onConfirm={() => deleteApp(appId)}
          onClose={() => setDeleting(false)}
        >
          <p>
            <Trans>
              Its keys stop at once, and its users with all they did are erased for good. Its films stay.
            </Trans>
          </p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function NewApp() {
  const { t } = useLingui();
  const { createApp } = useKeys();
  const [says, say] = useSaid();
  const { onSubmit, busy, problem } = useSubmit(async (readField) => {
    const name = readField('name');
    await createApp({ name, sharesUsers: readField('sharesUsers') === 'on' });
    say(t`${name} is made. It needs a key to ask.`);
  });
  return (
    <Panel title={t`A new app`}>
      {says}
      <Form className={parts.form} onSubmit={onSubmit} aria-label={t`A new app`}>
        <label className={parts.field}>
          <Trans>Name of the app</Trans>
          <input name="name" required maxLength={100} autoComplete="off" />
        </label>
        <label className={parts.choice}>
          <input type="checkbox" name="sharesUsers" />
          <Trans>Everybody sees its users and their ratings; this stays so</Trans>
        </label>
        <div>
          <SubmitButton disabled={busy}>
            <Trans>Make the app</Trans>
          </SubmitButton>
        </div>
        <div className={parts.whole}>
          <FormProblem title={t`The app was not made`} problem={problem} />
        </div>
      </Form>
    </Panel>
  );
}
