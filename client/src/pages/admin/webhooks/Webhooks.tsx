import { useMutation, useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button, EmptyState } from '../../../components/index.ts';
import { useFigures } from '../../../components/text/figures.ts';
import type { AdminWebhooksQuery, WebhookEvent } from '../../../gql/graphql.ts';
import { graphql } from '../../../gql/index.ts';
import { Form, SubmitButton } from '../../forms/Form.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useSubmit } from '../../forms/useSubmit.ts';
import { AdminPart } from '../parts/AdminPart.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Panel } from '../parts/Panel.tsx';
import parts from '../parts/parts.module.css';
import { Secret } from '../parts/Secret.tsx';

const WebhooksQuery = graphql(/* GraphQL */ `
  query AdminWebhooks {
    admin {
      webhooks {
        webhookId
        url
        events
        createdAt
        pendingCount
        failedCount
        lastAttemptAt
        lastStatus
        lastProblem
      }
    }
  }
`);

const CreateWebhook = graphql(/* GraphQL */ `
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      secret
      webhook {
        webhookId
        url
      }
    }
  }
`);

const DeleteWebhook = graphql(/* GraphQL */ `
  mutation DeleteWebhook($webhookId: ID!) {
    deleteWebhook(webhookId: $webhookId)
  }
`);

type Webhook = NonNullable<AdminWebhooksQuery['admin']>['webhooks'][number];

const EVENTS = ['MODEL_PUBLISHED', 'USER_DELETED'] as const satisfies WebhookEvent[];

function useEventWords(): Record<WebhookEvent, string> {
  const { t } = useLingui();
  return { MODEL_PUBLISHED: t`a model is published`, USER_DELETED: t`a user is deleted` };
}

/** Addresses that are told of events, and how their deliveries go. */
export default function Webhooks() {
  const { t } = useLingui();
  const result = useQuery(WebhooksQuery, { fetchPolicy: 'cache-and-network' });
  return (
    <div>
      <AdminPart result={result} errorTitle={t`The webhooks did not load`}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <EmptyState title={t`There are no webhooks yet`}>
              <Trans>A webhook is an address to which events are posted, signed with its secret.</Trans>
            </EmptyState>
          ) : (
            <ul className={parts.cards}>
              {webhooks.map((webhook) => (
                <WebhookCard key={webhook.webhookId} webhook={webhook} />
              ))}
            </ul>
          )
        }
      </AdminPart>
      <NewWebhook />
    </div>
  );
}

function WebhookCard({ webhook }: { webhook: Webhook }) {
  const { t } = useLingui();
  const { formatMoment } = useFigures();
  const eventWords = useEventWords();
  const [isDeleting, setDeleting] = useState(false);
  const [remove] = useMutation(DeleteWebhook, { refetchQueries: [WebhooksQuery], awaitRefetchQueries: true });
  const { webhookId, url, events, createdAt, pendingCount, failedCount } = webhook;
  const { lastAttemptAt, lastStatus, lastProblem } = webhook;
  return (
    <li className={parts.card}>
      <div className={parts.cardHead}>
        <h3 className={parts.code}>{url}</h3>
        <Button onClick={() => setDeleting(true)}>
          <Trans>
            Delete<span className="visually-hidden"> {url}</span>
          </Trans>
        </Button>
      </div>
      <p className={parts.soft}>
        <Trans>
          Made {formatMoment(createdAt)}; told when {events.map((event) => eventWords[event]).join(', ')}.
        </Trans>
      </p>
      <p>
        <Plural value={pendingCount} one="# delivery waits." other="# deliveries wait." />{' '}
        <Plural value={failedCount} one="# was given up." other="# were given up." />{' '}
        {lastAttemptAt === null ? (
          <Trans>Nothing was sent yet.</Trans>
        ) : lastStatus === null ? (
          <Trans>Last tried {formatMoment(lastAttemptAt)}, without an answer.</Trans>
        ) : (
          <Trans>
            Last tried {formatMoment(lastAttemptAt)}, answered with {lastStatus}.
          </Trans>
        )}
      </p>
      {lastProblem !== null && <p className={parts.said}>{lastProblem}</p>}
      {isDeleting && (
        <ConfirmDialog
          title={t`Delete the webhook?`}
          confirmLabel={t`Delete`}
          onConfirm={() => remove({ variables: { webhookId } })}
          onClose={() => setDeleting(false)}
        >
          <p>
            <Trans>{url} is told nothing more, and what still waits for it is dropped.</Trans>
          </p>
        </ConfirmDialog>
      )}
    </li>
  );
}

function NewWebhook() {
  const { t } = useLingui();
  const eventWords = useEventWords();
  const [made, setMade] = useState<{ of: string; secret: string }>();
  const [create] = useMutation(CreateWebhook, { refetchQueries: [WebhooksQuery], awaitRefetchQueries: true });
  const { onSubmit, busy, problem } = useSubmit(async (readField) => {
    const url = readField('url').trim();
    const events = EVENTS.filter((event) => readField(event) === 'on');
    const { data } = await create({ variables: { input: { url, events } } });
    setMade({ of: url, secret: data?.createWebhook.secret ?? '' });
  });
  return (
    <Panel title={t`A new webhook`}>
      {made && <Secret {...made} onDone={() => setMade(undefined)} />}
      <Form className={parts.form} onSubmit={onSubmit} aria-label={t`A new webhook`}>
        <label className={parts.field}>
          <Trans>Address</Trans>
          <input name="url" type="url" required placeholder="https://" autoComplete="off" />
        </label>
        <fieldset className={parts.whole}>
          <legend className={parts.legend}>
            <Trans>Told when</Trans>
          </legend>
          <div className={parts.choices}>
            {EVENTS.map((event) => (
              <label key={event} className={parts.choice}>
                <input type="checkbox" name={event} defaultChecked />
                {eventWords[event]}
              </label>
            ))}
          </div>
        </fieldset>
        <div className={parts.whole}>
          <FormProblem title={t`The webhook was not made`} problem={problem} />
        </div>

        <div>
          <SubmitButton disabled={busy}>
            <Trans>Make the webhook</Trans>
          </SubmitButton>
        </div>
      </Form>
    </Panel>
  );
}
