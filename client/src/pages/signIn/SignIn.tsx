import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { Link, Navigate } from 'react-router';
import { Button, PageHeading } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { PATHS } from '../../routing/paths.ts';
import { sessionStore } from '../../session/session.ts';
import { useWayOn } from '../../session/signInPath.ts';
import { Form, SubmitButton } from '../forms/Form.tsx';
import { FormProblem } from '../forms/FormProblem.tsx';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';
import { SignInFields } from './SignInFields.tsx';

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
  const { t } = useLingui();
  const problemId = useId();
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
  const title = isNew ? t`Create an account` : t`Sign in`;
  return (
    <div className={pages.page}>
      <PageHeading title={title} />
      <Form className={styles.form} aria-label={title} onSubmit={onSubmit}>
        <SignInFields isNew={isNew} problem={problem} problemId={problemId} />
        <FormProblem
          id={problemId}
          title={isNew ? t`The account was not created` : t`You are not signed in`}
          problem={problem}
        />
        <SubmitButton variant="primary" disabled={busy}>
          {busy ? t`Please wait…` : title}
        </SubmitButton>
        <Button
          onClick={() => {
            setIsNew(!isNew);
            reset();
          }}
        >
          {isNew ? <Trans>I have an account</Trans> : <Trans>I have no account yet</Trans>}
        </Button>
        {!isNew && (
          <Link to={PATHS.forgotPassword}>
            <Trans>I have forgotten my password</Trans>
          </Link>
        )}
      </Form>
    </div>
  );
}
