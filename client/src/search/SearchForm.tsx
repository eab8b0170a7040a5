import type { ComponentProps } from 'react';
import { PATHS } from '../routing/paths.ts';

/** The form of a search, whose text may come into an address: before React has it, the browser itself leads to the results. */
export function SearchForm(props: Omit<ComponentProps<'form'>, 'role' | 'method' | 'action' | 'onSubmit'>) {
  return (
    <form
      {...props}
      role="search"
      method="get"
      action={PATHS.search}
      onSubmit={(event) => event.preventDefault()}
    />
  );
}
