import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { use, useState } from 'react';
import { ApiUrl } from '../../../api/apiUrl.ts';
import { Select } from '../../../components/index.ts';
import { useFigures } from '../../../components/text/figures.ts';
import type { CreateExportMutation, ExportKind } from '../../../gql/graphql.ts';
import { graphql } from '../../../gql/index.ts';
import { Form, SubmitButton } from '../../forms/Form.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useSubmit } from '../../forms/useSubmit.ts';
import { Panel } from '../parts/Panel.tsx';
import parts from '../parts/parts.module.css';

const CreateExport = graphql(/* GraphQL */ `
  mutation CreateExport($kind: ExportKind!, $includePrivate: Boolean!) {
    createExport(kind: $kind, includePrivate: $includePrivate) {
      kind
      url
      expiresAt
    }
  }
`);

/** Makes addresses from which all of a kind can be fetched. */
export function Exports() {
  const { t } = useLingui();
  const { formatMoment } = useFigures();
  const apiUrl = use(ApiUrl);
  const [kind, setKind] = useState<ExportKind>('RATINGS');
  const [made, setMade] = useState<CreateExportMutation['createExport']>();
  const [createExport] = useMutation(CreateExport);
  const kinds = {
    RATINGS: t`Ratings`,
    MOVIES: t`Films`,
    USERS: t`People`,
    EVENTS: t`Events of apps`,
  } as const satisfies Record<ExportKind, string>;
  const { onSubmit, busy, problem } = useSubmit(async (readField) => {
    const includePrivate = readField('includePrivate') === 'on';
    const { data } = await createExport({ variables: { kind, includePrivate } });
    setMade(data?.createExport);
  });
  return (
    <Panel
      title={t`Exports`}
      lead={
        <Trans>
          As JSON lines, read page by page as you fetch them. Email addresses, passwords and secrets are in
          none.
        </Trans>
      }
    >
      <Form className={parts.form} onSubmit={onSubmit} aria-label={t`Exports`}>
        <Select label={t`What`} value={kind} options={kinds} onChange={setKind} />
        <label className={parts.choice}>
          <input type="checkbox" name="includePrivate" />
          <Trans>With what people keep private</Trans>
        </label>
        <div>
          <SubmitButton disabled={busy}>
            <Trans>Make an address</Trans>
          </SubmitButton>
        </div>
      </Form>
      <FormProblem title={t`No address was made`} problem={problem} />
      {made && (
        <p className={parts.said} role="status">
          <a href={addressOf(made.url, apiUrl)}>
            <Trans>Fetch {kinds[made.kind]}</Trans>
          </a>{' '}
          <Trans>
            until {formatMoment(made.expiresAt)}. It needs no sign-in: whoever has the address may fetch.
          </Trans>
        </p>
      )}
    </Panel>
  );
}

/** The address on the API's own origin, where the API tells a path alone. */
function addressOf(url: string, apiUrl: string): string {
  return URL.parse(url, URL.parse(apiUrl, window.location.href)?.href)?.href ?? url;
}
