import { CombinedGraphQLErrors } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import {
  MAX_EMAIL_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
} from '../api/limits.ts';
import { Button, ErrorState, PageHeading } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { userPath } from '../routing/paths.ts';
import { sessionStore } from '../session/session.ts';
import pages from './pages.module.css';
import styles from './SignIn.module.css';

export const SignedInFragment = graphql(/* GraphQL */ `
  fragment SignedIn on AuthPayload {
    token
    expiresAt
    user {
      userId
      name
    }
  }
`);

const SignInMutation = graphql(/* GraphQL */ `
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      ...SignedIn
    }
  }
`);

const SignUpMutation = graphql(/* GraphQL */ `
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      ...SignedIn
    }
  }
`);

/** Signing in, and opening an account. */
export default function SignIn() {
  const [isNew, setIsNew] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [signIn] = useMutation(SignInMutation);
  const [signUp] = useMutation(SignUpMutation);
  const navigate = useNavigate();

  const enter = async (form: FormData) => {
    const read = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    const input = { email: read('email'), password: read('password') };
    setBusy(true);
    setProblem(undefined);
    try {
      const payload = isNew
        ? (await signUp({ variables: { input: { ...input, name: read('name') } } })).data?.signUp
        : (await signIn({ variables: { input } })).data?.signIn;
      if (!payload) throw new Error('The server did not answer; try again.');
      const { token, expiresAt, user } = payload;
      sessionStore.signIn({ token, expiresAt, userId: user.userId, name: user.name });
      void navigate(userPath(user.userId));
    } catch (error) {
      setProblem(
        CombinedGraphQLErrors.is(error)
          ? error.errors.map(({ message }) => message).join('; ')
          : 'The film server cannot be reached; try again.',
      );
    } finally {
      setBusy(false);
    }
  };

  const title = isNew ? 'Open an account' : 'Sign in';
  return (
    <div className={pages.page}>
      <PageHeading title={title}>{title}</PageHeading>
      <form
        className={styles.form}
        aria-label={title}
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          void enter(new FormData(event.currentTarget));
        }}
      >
        {isNew && (
          <label>
            Name that everybody sees
            <input name="name" required maxLength={MAX_NAME_LENGTH} autoComplete="nickname" />
          </label>
        )}
        <label>
          Email address
          <input name="email" type="email" required maxLength={MAX_EMAIL_LENGTH} autoComplete="email" />
        </label>
        <label>
          Password{isNew && `, at least ${MIN_PASSWORD_LENGTH} characters`}
          <input
            name="password"
            type="password"
            required
            minLength={isNew ? MIN_PASSWORD_LENGTH : 1}
            maxLength={MAX_PASSWORD_LENGTH}
            autoComplete={isNew ? 'new-password' : 'current-password'}
          />
        </label>
        {problem !== undefined && <ErrorState title={`${title}: that did not work`} message={problem} />}
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'One moment …' : title}
        </Button>
        <Button
          onClick={() => {
            setIsNew(!isNew);
            setProblem(undefined);
          }}
        >
          {isNew ? 'I have an account' : 'I have no account yet'}
        </Button>
      </form>
    </div>
  );
}
