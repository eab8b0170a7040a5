import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { lazy, type ComponentType } from 'react';

interface Section {
  /** The last part of its address; empty for the first one. */
  path: string;
  title: MessageDescriptor;
  Page: ComponentType;
}

/** Each section is a chunk of its own. */
const section = (
  path: string,
  title: MessageDescriptor,
  load: () => Promise<{ default: ComponentType }>,
) => ({
  path,
  title,
  Page: lazy(load),
});

/** The sections for operators, in the order of their links. */
export const SECTIONS: readonly Section[] = [
  section('', msg`Overview`, () => import('./overview/Overview.tsx')),
  section('models', msg`Models`, () => import('./models/Models.tsx')),
  section('coverage', msg`Coverage`, () => import('./reach/Coverage.tsx')),
  section('health', msg`Health and budgets`, () => import('./health/Health.tsx')),
  section('experiments', msg`Experiments`, () => import('./experiments/Experiments.tsx')),
  section('keys', msg`Apps and keys`, () => import('./keys/Keys.tsx')),
  section('accounts', msg`Accounts`, () => import('./accounts/Accounts.tsx')),
  section('data', msg`Data`, () => import('./data/Data.tsx')),
  section('webhooks', msg`Webhooks`, () => import('./webhooks/Webhooks.tsx')),
];
