import { useMutation } from '@apollo/client/react';
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH } from '../../api/limits.ts';
import { Button, ErrorState } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { sessionStore } from '../../session/session.ts';
import { NewPasswordField } from '../forms/NewPasswordField.tsx';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';

const UpdateAccount = graphql(/* GraphQL */ `
  mutation UpdateAccount($input: UpdateAccountInput!) {
    updateAccount(input: $input) {
      user {
        userId
        name
        sharesRatings
      }
    }
  }
`);

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
  const [update] = useMutation(UpdateAccount);
  const { onSubmit, busy, done, problem } = useSubmit(async (readField) => {
    const input = { name: readField('name'), sharesRatings: readField('share') === 'on' };
    const { data } = await update({ variables: { input } });
    if (data) sessionStore.rename(data.updateAccount.user.name);
  });
  return (
    <section className={pages.section} aria-labelledby="profile">
      <h2 id="profile">Profile</h2>
      <form className={styles.form} aria-label="Profile" onSubmit={onSubmit}>
        <label>
          Display name, visible to everyone
          <input
            name="name"
            required
            maxLength={MAX_NAME_LENGTH}
            defaultValue={name}
            autoComplete="nickname"
          />
        </label>
        <label className={styles.choice}>
          <input name="share" type="checkbox" defaultChecked={sharesRatings} />
          Share my ratings and lists with everyone
        </label>
        {problem !== undefined && <ErrorState title="Nothing was changed" message={problem} />}
        <p role="status">{done && 'Saved.'}</p>
        <Button type="submit" variant="primary" disabled={busy}>
          Save
        </Button>
      </form>
    </section>
  );
}

export function ChangePassword() {
  const [change] = useMutation(ChangePasswordMutation);
  const { onSubmit, busy, done, problem } = useSubmit(async (readField) => {
    const input = { currentPassword: readField('current'), newPassword: readField('new') };
    const { data } = await change({ variables: { input } });
    if (data) sessionStore.signIn(data.changePassword);
  });
  return (
    <section className={pages.section} aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form className={styles.form} aria-label="Password" onSubmit={onSubmit}>
        <label>
          Present password
          <input
            name="current"
            type="password"
            required
            maxLength={MAX_PASSWORD_LENGTH}
            autoComplete="current-password"
          />
        </label>
        <NewPasswordField name="new" />
        {problem !== undefined && <ErrorState title="The password was not changed" message={problem} />}
        <p role="status">{done && 'Changed. All other sessions have ended.'}</p>
        <Button type="submit" disabled={busy}>
          Change the password
        </Button>
      </form>
    </section>
  );
}

export function Sessions() {
  const [end] = useMutation(SignOutEverywhere);
  const { onSubmit, busy, problem } = useSubmit(async () => {
    await end();
    sessionStore.signOut();
  });
  return (
    <section className={pages.section} aria-labelledby="sessions">
      <h2 id="sessions">Sessions</h2>
      <form className={styles.form} aria-label="Sessions" onSubmit={onSubmit}>
        {problem !== undefined && <ErrorState title="You are still signed in" message={problem} />}
        <Button type="submit" disabled={busy}>
          Sign out on all devices
        </Button>
      </form>
    </section>
  );
}
