import type { ComponentProps } from 'react';
import { Button } from '../../components/index.ts';
import { useHydrated } from '../../state/useHydrated.ts';

/** A form of which no field ever comes into an address, also where the browser sends it before React can. */
export function Form(props: Omit<ComponentProps<'form'>, 'method'>) {
  return <form {...props} method="post" />;
}

/** The button that sends a form. Off on a page that the server rendered until React has it: what was typed stays till then. */
export function SubmitButton({ disabled, ...rest }: Omit<ComponentProps<typeof Button>, 'type'>) {
  const isHydrated = useHydrated();
  return <Button {...rest} type="submit" disabled={disabled || !isHydrated} />;
}
