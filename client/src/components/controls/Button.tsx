import type { ButtonHTMLAttributes } from 'react';
import { Link, type LinkProps } from 'react-router';
import { useHydrated } from '../../state/useHydrated.ts';
import styles from './Button.module.css';

type ButtonVariant = 'primary' | 'quiet' | 'icon';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant;
}

export function Button({ type = 'button', ...rest }: ButtonProps) {
  return type === 'submit' ? <SubmitButton {...rest} /> : <PlainButton {...rest} type={type} />;
}

/** Sends nothing before React can: the browser would by itself, in the address, passwords too. Nor does Enter, then. */
function SubmitButton({ disabled, ...rest }: ButtonProps) {
  const isHydrated = useHydrated();
  return <PlainButton {...rest} type="submit" disabled={disabled || !isHydrated} />;
}

function PlainButton({ variant = 'quiet', className, ...rest }: ButtonProps) {
  return <button {...rest} className={classNames(variant, className)} />;
}

interface ButtonLinkProps extends LinkProps {
  variant?: ButtonVariant;
}

/** A link that looks like a button: it goes somewhere, so it stays a link. */
export function ButtonLink({ variant = 'quiet', className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={classNames(variant, className)} />;
}

const classNames = (variant: ButtonVariant, extra?: string) =>
  [styles.button, styles[variant], extra].filter(Boolean).join(' ');
