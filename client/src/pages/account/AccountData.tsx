import { useApolloClient, useMutation } from '@apollo/client/react';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { MAX_PASSWORD_LENGTH } from '../../api/limits.ts';
import { Button, showToast } from '../../components/index.ts';
import type { ExportFormat } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { sessionStore } from '../../session/session.ts';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
import { Field } from '../forms/Field.tsx';
import { Form, SubmitButton } from '../forms/Form.tsx';
import { FormProblem } from '../forms/FormProblem.tsx';
import { problemOf, type Problem } from '../forms/problems.ts';
import { useSubmit } from '../forms/useSubmit.ts';

const ExportMyData = graphql(/* GraphQL */ `
  query ExportMyData($format: ExportFormat!) {
    exportMyData(format: $format) {
      fileName
      mediaType
      content
    }
  }
`);

const DeleteMyAccount = graphql(/* GraphQL */ `
  mutation DeleteMyAccount($password: String!) {
    deleteMyAccount(password: $password)
  }
`);

const FORMATS = {
  JSON: msg`Everything, as JSON`,
  RATINGS_CSV: msg`Ratings, as CSV`,
  MOVIES_CSV: msg`Rated films, as CSV`,
} as const satisfies Record<ExportFormat, MessageDescriptor>;

/** Files of all that is stored of the visitor. */
export function ExportData() {
  const { t, i18n } = useLingui();
  const client = useApolloClient();
  const [problem, setProblem] = useState<Problem>();
  const download = async (format: ExportFormat) => {
    setProblem(undefined);
    try {
      const { data, error } = await client.query({
        query: ExportMyData,
        variables: { format },
        fetchPolicy: 'no-cache',
      });
      if (data?.exportMyData) save(data.exportMyData);
      else setProblem(problemOf(error));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <section className={pages.section} aria-labelledby="export">
      <h2 id="export">
        <Trans>Your data</Trans>
      </h2>
      <p>
        <Trans>All that is stored of you, to keep or to take elsewhere.</Trans>
      </p>
      <p className={styles.actions}>
        {(Object.keys(FORMATS) as ExportFormat[]).map((format) => (
          <Button key={format} onClick={() => void download(format)}>
            {i18n._(FORMATS[format])}
          </Button>
        ))}
      </p>
      <FormProblem title={t`Your data did not arrive`} problem={problem} />
    </section>
  );
}

/** Lets the browser save a document as a file. */
function save({
  fileName,
  mediaType,
  content,
}: {
  fileName: string;
  mediaType: string;
  content: string;
}): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

export function DeleteAccount() {
  const { t } = useLingui();
  const problemId = useId();
  const [remove] = useMutation(DeleteMyAccount);
  const { onSubmit, busy, problem } = useSubmit(async (readField) => {
    await remove({ variables: { password: readField('password') } });
    sessionStore.signOut();
    showToast({ text: t`Your account and all its data are erased.` });
  });
  return (
    <section className={pages.section} aria-labelledby="delete">
      <h2 id="delete">
        <Trans>Delete the account</Trans>
      </h2>
      <p>
        <Trans>Account, ratings and all other data of yours are erased at once, for good.</Trans>
      </p>
      <Form className={styles.form} aria-label={t`Delete the account`} onSubmit={onSubmit}>
        <Field
          label={<Trans>Password</Trans>}
          name="password"
          field="currentPassword"
          problem={problem}
          problemId={problemId}
          type="password"
          required
          maxLength={MAX_PASSWORD_LENGTH}
          autoComplete="current-password"
        />
        <FormProblem id={problemId} title={t`The account was not deleted`} problem={problem} />
        <SubmitButton disabled={busy}>
          <Trans>Delete my account</Trans>
        </SubmitButton>
      </Form>
    </section>
  );
}
