import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH } from '../../api/limits.ts';
import { graphql } from '../../gql/index.ts';
import { sessionStore } from '../../session/session.ts';
import { Field } from '../forms/Field.tsx';
import { Form, SubmitButton } from '../forms/Form.tsx';
import { FormProblem } from '../forms/FormProblem.tsx';
import { NewPasswordField } from '../forms/NewPasswordField.tsx';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';
import { UpdateAccount } from './operations.ts';

const ChangePasswordMutation = graphql(/* GraphQL */ `
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      ...SignedIn
    }
  }
`);

const SignOutEverywhere = graphql(/* GraphQL */ `
  mutation SignOutEverywhere {
    signOutEverywhere
  }
`);

/** The display name, and who may read the ratings. */
export function Profile({ name, sharesRatings }: { name: string; sharesRatings: boolean }) {
  const { t } = useLingui();
  const problemId = useId();
  const [update] = useMutation(UpdateAccount);
  const { onSubmit, busy, done, problem } = useSubmit(async (readField) => {
    const shares = readField('share') === 'on';
    // Only what was changed here: another window may have changed the rest.
    const input = { name: readField('name'), ...(shares !== sharesRatings && { sharesRatings: shares }) };
    const { data } = await update({ variables: { input } });
    if (data) sessionStore.rename(data.updateAccount.user.name);
  });
  return (
    <section className={pages.section} aria-labelledby="profile">
      <h2 id="profile">
        <Trans>Profile and privacy</Trans>
      </h2>
      <Form className={styles.form} aria-label={t`Profile and privacy`} onSubmit={onSubmit}>
        <Field
          label={<Trans>Display name, visible to everyone</Trans>}
          name="name"
          problem={problem}
          problemId={problemId}
          required
          maxLength={MAX_NAME_LENGTH}
          defaultValue={name}
          autoComplete="nickname"
        />
        <label className={styles.choice}>
          <input name="share" type="checkbox" defaultChecked={sharesRatings} />
          <Trans>Share my ratings and lists with everyone</Trans>
        </label>
        <p className={styles.hint}>
          <Trans>
            Shared: everyone can read each rating with its day, your favourite genres and what is recommended
            to you. Private: only your name and number show.
          </Trans>
        </p>
        <FormProblem id={problemId} title={t`Nothing was changed`} problem={problem} />
        <p role="status">{done && <Trans>Saved.</Trans>}</p>
        <SubmitButton variant="primary" disabled={busy}>
          <Trans>Save</Trans>
        </SubmitButton>
      </Form>
    </section>
  );
}

export function ChangePassword() {
  const { t } = useLingui();
  const problemId = useId();
  const [change] = useMutation(ChangePasswordMutation);
  const { onSubmit, busy, done, problem } = useSubmit(async (readField) => {
    const input = { currentPassword: readField('currentPassword'), newPassword: readField('new') };
    const { data } = await change({ variables: { input } });
    if (data) sessionStore.signIn(data.changePassword);
  });
  return (
    <section className={pages.section} aria-labelledby="password">
      <h2 id="password">
        <Trans>Password</Trans>
      </h2>
      <Form className={styles.form} aria-label={t`Password`} onSubmit={onSubmit}>
        <Field
          label={<Trans>Present password</Trans>}
          name="currentPassword"
          problem={problem}
          problemId={problemId}
          type="password"
          required
          maxLength={MAX_PASSWORD_LENGTH}
          autoComplete="current-password"
        />
        <NewPasswordField name="new" problem={problem} problemId={problemId} />
        <FormProblem id={problemId} title={t`The password was not changed`} problem={problem} />
        <p role="status">{done && <Trans>Changed. All other sessions have ended.</Trans>}</p>
        <SubmitButton disabled={busy}>
          <Trans>Change the password</Trans>
        </SubmitButton>
      </Form>
    </section>
  );
}

export function Sessions() {
  const { t } = useLingui();
  const [end] = useMutation(SignOutEverywhere);
  const { onSubmit, busy, problem } = useSubmit(async () => {
    await end();
    sessionStore.signOut();
  });
  return (
    <section className={pages.section} aria-labelledby="sessions">
      <h2 id="sessions">
        <Trans>Sessions</Trans>
      </h2>
      <Form className={styles.form} aria-label={t`Sessions`} onSubmit={onSubmit}>
        <p>
          <Trans>Ends every sign-in of yours, on this device too.</Trans>
        </p>
        <FormProblem title={t`You are still signed in`} problem={problem} />
        <SubmitButton disabled={busy}>
          <Trans>Sign out on all devices</Trans>
        </SubmitButton>
      </Form>
    </section>
  );
}
