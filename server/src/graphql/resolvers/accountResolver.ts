import {
  AuthPayload,
  ChangePasswordInput,
  ResetPasswordInput,
  SignInInput,
  SignUpInput,
  User,
} from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { changePassword, requestPasswordReset, resetPassword } from '../../accounts/passwordChange.ts';
import { refreshSession, signIn, signUp, type SignedIn } from '../../accounts/signIn.ts';
import { findViewer, requireViewer } from '../../accounts/viewer.ts';

@Resolver()
export class AccountResolver {
  constructor(private readonly deps: ApiDeps) {}

  @Query(() => User, {
    nullable: true,
    description:
      'The signed-in user, by the `authorization` header; null without one. UNAUTHENTICATED when the access token has expired or the session has ended.',
  })
  async viewer(@Ctx() { scope, viewerId }: ApiContext): Promise<User | null> {
    return findViewer(scope, await viewerId());
  }

  @Query(() => Boolean, {
    description:
      'True where the server can send mails: links to set a new password, and to confirm an email address. Without, administrators hand out links to set passwords.',
  })
  sendsMail(): boolean {
    return this.deps.auth.post !== null;
  }

  @Mutation(() => AuthPayload, {
    description:
      'Opens an account and signs it in. EMAIL_TAKEN if the email address already has one; RATE_LIMITED after too many accounts.',
  })
  async signUp(
    @Arg('input', () => SignUpInput, { description: 'The new account.' }) input: SignUpInput,
    @Ctx() context: ApiContext,
  ): Promise<AuthPayload> {
    return enter(context, await signUp(this.#signIn, context, input));
  }

  @Mutation(() => AuthPayload, {
    description: 'Signs in. RATE_LIMITED after too many attempts.',
  })
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Email address and password.' }) input: SignInInput,
    @Ctx() context: ApiContext,
  ): Promise<AuthPayload> {
    return enter(context, await signIn(this.#signIn, context, input));
  }

  @Mutation(() => AuthPayload, {
    description:
      'Continues a session: a new access token, and the next refresh token in the place of this one. UNAUTHENTICATED when the session has ended. A refresh token that is used twice ends its session.',
  })
  async refreshSession(
    @Arg('refreshToken', () => String, {
      nullable: true,
      description: 'The refresh token; left out where a cookie carries it.',
    })
    refreshToken: string | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<AuthPayload> {
    const token = refreshToken ?? context.refreshCookie?.token;
    if (!token) throw new AppError('UNAUTHENTICATED', 'there is no session to continue; sign in');
    return enter(context, await refreshSession(this.#signIn, context, token));
  }

  @Mutation(() => Boolean, {
    description:
      'Ends the session of the refresh token, else of the access token. True also where there was none.',
  })
  async signOut(
    @Arg('refreshToken', () => String, {
      nullable: true,
      description: 'The refresh token; left out where a cookie carries it.',
    })
    refreshToken: string | null | undefined,
    @Ctx() { refreshCookie, viewer, deadline }: ApiContext,
  ): Promise<boolean> {
    const { sessions } = this.deps.auth;
    const token = refreshToken ?? refreshCookie?.token;
    if (token) await sessions.endOf(token, deadline);
    else {
      const present = await viewer();
      if (present) await sessions.end(present, deadline);
    }
    refreshCookie?.clear();
    return true;
  }

  @Mutation(() => Boolean, {
    description: "Ends all of the viewer's sessions, this one too. UNAUTHENTICATED unless signed in.",
  })
  async signOutEverywhere(@Ctx() { refreshCookie, viewerId, deadline }: ApiContext): Promise<boolean> {
    const userId = requireViewer(await viewerId());
    await this.deps.auth.sessions.endEverywhere(userId, deadline);
    refreshCookie?.clear();
    return true;
  }

  @Mutation(() => AuthPayload, {
    description:
      "Changes the viewer's password. Every session ends, and a new one begins. UNAUTHENTICATED unless signed in.",
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The present and the new password.' })
    input: ChangePasswordInput,
    @Ctx() context: ApiContext,
  ): Promise<AuthPayload> {
    const userId = requireViewer(await context.viewerId());
    return enter(context, await changePassword(this.#signIn, context, userId, input));
  }

  @Mutation(() => Boolean, {
    description:
      'Sends a link to set a new password to an email address, if it has an account. True in either case. BAD_USER_INPUT where the server sends no mail.',
  })
  async requestPasswordReset(
    @Arg('email', () => String, { description: 'Email address of the account.' }) email: string,
    @Ctx() context: ApiContext,
  ): Promise<boolean> {
    await requestPasswordReset(this.#signIn, context, email);
    return true;
  }

  @Mutation(() => Boolean, {
    description: 'Sets a new password by a link that was sent. Every session ends; sign in then.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: "The link's token and the new password." })
    input: ResetPasswordInput,
    @Ctx() { deadline }: ApiContext,
  ): Promise<boolean> {
    await resetPassword(this.#signIn, input, deadline);
    return true;
  }

  get #signIn() {
    const { database, repositories, auth } = this.deps;
    return { database, accounts: repositories.accounts, auth };
  }
}

/** Hands the refresh token to the cookie where there is one, else to the answer. */
function enter({ refreshCookie }: ApiContext, { session, ...payload }: SignedIn): AuthPayload {
  refreshCookie?.carry(session);
  return { ...payload, refreshToken: refreshCookie ? null : session.refreshToken };
}
