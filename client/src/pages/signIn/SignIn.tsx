import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Link, Navigate } from 'react-router';
import {
  MAX_EMAIL_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
} from '../../api/limits.ts';
import { Button, ErrorState, PageHeading } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { PATHS } from '../../routing/paths.ts';
import { sessionStore } from '../../session/session.ts';
import { useWayOn } from '../../session/signInPath.ts';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';

export const SignedInFragment = graphql(/* GraphQL */ `
  fragment SignedIn on AuthPayload {
    token
    expiresAt
    refreshToken
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
  const [signIn] = useMutation(SignInMutation);
  const [signUp] = useMutation(SignUpMutation);
  const wayOn = useWayOn(PATHS.home);
  const { onSubmit, busy, problem, reset } = useSubmit(async (readField) => {
    const input = { email: readField('email'), password: readField('password') };
    const payload = isNew
      ? (await signUp({ variables: { input: { ...input, name: readField('name') } } })).data?.signUp
      : (await signIn({ variables: { input } })).data?.signIn;
    if (!payload) throw new Error('there is no answer');
    sessionStore.signIn(payload);
  });

  if (wayOn !== null) return <Navigate to={wayOn} replace />;
  const title = isNew ? 'Create an account' : 'Sign in';
  return (
    <div className={pages.page}>
      <PageHeading title={title}>{title}</PageHeading>
      <form className={styles.form} aria-label={title} onSubmit={onSubmit}>
        {isNew && (
          <label>
            Display name, visible to everyone
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
        {problem !== undefined && (
          <ErrorState
            title={isNew ? 'The account was not created' : 'You are not signed in'}
            message={problem}
          />
        )}
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Please wait…' : title}
        </Button>
        <Button
          onClick={() => {
            setIsNew(!isNew);
            reset();
          }}
        >
          {isNew ? 'I have an account' : 'I have no account yet'}
        </Button>
        {!isNew && <Link to={PATHS.forgotPassword}>I have forgotten my password</Link>}
      </form>
    </div>
  );
}
