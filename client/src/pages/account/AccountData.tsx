import { useApolloClient, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { MAX_PASSWORD_LENGTH } from '../../api/limits.ts';
import { Button, ErrorState } from '../../components/index.ts';
import type { ExportFormat } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { sessionStore } from '../../session/session.ts';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
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
  JSON: 'Everything, as JSON',
  RATINGS_CSV: 'Ratings, as CSV',
  MOVIES_CSV: 'Rated films, as CSV',
} as const satisfies Record<ExportFormat, string>;

/** Files of all that is stored of the visitor. */
export function ExportData() {
  const client = useApolloClient();
  const [problem, setProblem] = useState<string>();
  const download = async (format: ExportFormat) => {
    setProblem(undefined);
    try {
      const { data, error } = await client.query({
        query: ExportMyData,
        variables: { format },
        fetchPolicy: 'no-cache',
      });
      if (data?.exportMyData) save(data.exportMyData);
      else setProblem(error?.message ?? 'The server did not respond. Try again.');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={pages.section} aria-labelledby="export">
      <h2 id="export">Your data</h2>
      <p className={styles.actions}>
        {(Object.keys(FORMATS) as ExportFormat[]).map((format) => (
          <Button key={format} onClick={() => void download(format)}>
            {FORMATS[format]}
          </Button>
        ))}
      </p>
      {problem !== undefined && <ErrorState title="Your data did not arrive" message={problem} />}
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
  const [remove] = useMutation(DeleteMyAccount);
  const { onSubmit, busy, problem } = useSubmit(async (readField) => {
    await remove({ variables: { password: readField('password') } });
    sessionStore.signOut();
  });
  return (
    <section className={pages.section} aria-labelledby="delete">
      <h2 id="delete">Delete the account</h2>
      <p>Account, ratings and all other data of yours are erased at once, for good.</p>
      <form className={styles.form} aria-label="Delete the account" onSubmit={onSubmit}>
        <label>
          Password
          <input
            name="password"
            type="password"
            required
            maxLength={MAX_PASSWORD_LENGTH}
            autoComplete="current-password"
          />
        </label>
        {problem !== undefined && <ErrorState title="The account was not deleted" message={problem} />}
        <Button type="submit" disabled={busy}>
          Delete my account
        </Button>
      </form>
    </section>
  );
}
