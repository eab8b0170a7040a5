import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../api/limits.ts';

/** A field for a password that is to be set. @param props.name of the field in its form */
export function NewPasswordField({ name }: { name: string }) {
  return (
    <label>
      New password, at least {MIN_PASSWORD_LENGTH} characters
      <input
        name={name}
        type="password"
        required
        minLength={MIN_PASSWORD_LENGTH}
        maxLength={MAX_PASSWORD_LENGTH}
        autoComplete="new-password"
      />
    </label>
  );
}
