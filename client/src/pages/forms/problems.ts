import { CombinedGraphQLErrors } from '@apollo/client';
import type { MessageDescriptor } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { hasCode } from '../../api/errors.ts';

/** A field of the forms of accounts, by which the API's words name it. */
export type FieldName = 'name' | 'email' | 'password' | 'currentPassword';

/** Why a form was refused. */
export interface Problem {
  /** In words of the portal's; a text where they are the API's own. */
  text: MessageDescriptor | string;
  /** The field to mend; null where none is to blame, or it is not known. */
  field: FieldName | null;
}

/** The API's refusals, as the portal puts them. */
const KNOWN: readonly (readonly [RegExp, MessageDescriptor, FieldName | null])[] = [
  [/email address or the password is wrong/, msg`The email address or the password is wrong.`, 'password'],
  [/^the password is wrong/, msg`The password is wrong.`, 'currentPassword'],
  [
    /account with this email/,
    msg`There is an account with this email address already. Sign in instead.`,
    'email',
  ],
  [/not an email address/, msg`This is not an email address such as ann@example.org.`, 'email'],
  [/most common ones/, msg`This password is one of the most common ones. Choose another one.`, 'password'],
  [/repeats few characters/, msg`This password repeats few characters. Choose another one.`, 'password'],
  [
    /password is your name or/,
    msg`This password is your name or your email address. Choose another one.`,
    'password',
  ],
  [/names like "User/, msg`Names like “User 176” belong to the data set. Choose another one.`, 'name'],
  [/^the name must/, msg`This name cannot be used: it needs 1 to 100 visible characters.`, 'name'],
  [/expired or was used before/, msg`This link has expired or was used before. Ask for another one.`, null],
  [
    /is an administrator: take/,
    msg`This account is an administrator’s. Another administrator has to take the role from it first.`,
    null,
  ],
  [/sends no mail/, msg`This server sends no mail. Ask its administrator for a link.`, null],
];

const UNREACHABLE = msg`The server cannot be reached. Nothing was lost: try again.`;
const SIGNED_OUT = msg`Your session has ended. Sign in again.`;

/** Puts what went wrong in words for the visitor. */
export function problemOf(error: unknown): Problem {
  if (!CombinedGraphQLErrors.is(error)) return { text: UNREACHABLE, field: null };
  if (hasCode(error, 'UNAUTHENTICATED')) return { text: SIGNED_OUT, field: null };
  const said = error.errors.map(({ message }) => message);
  if (hasCode(error, 'RATE_LIMITED')) return { text: tooMany(said), field: null };
  for (const [pattern, text, field] of KNOWN)
    if (said.some((message) => pattern.test(message))) return { text, field };
  return { text: said.map(sentence).join(' '), field: null };
}

/** Says that something was tried too often, and when the next try may come, where the API says that. */
function tooMany(said: readonly string[]): MessageDescriptor {
  const [, count, unit] = /try again in (an?|\d+) (second|minute|hour)/.exec(said.join(' ')) ?? [];
  if (unit === undefined) return msg`That was too often. Try again in a few minutes.`;
  const units = Number(count) || 1;
  const minutes = unit === 'hour' ? 60 * units : unit === 'minute' ? units : Math.ceil(units / 60);
  return msg`That was too often. Try again in ${plural(minutes, { one: 'a minute', other: '# minutes' })}.`;
}

/** "too many mails; try again in a minute" as a sentence. */
export function sentence(words: string): string {
  const trimmed = words.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
