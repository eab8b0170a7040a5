import { CombinedGraphQLErrors } from '@apollo/client';
import { useState, type FormEvent } from 'react';

/** Reads a field of a form by its name; empty where there is none. */
export type ReadField = (name: string) => string;

interface Submission {
  /** For the form. */
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** True while the action runs. */
  busy: boolean;
  /** True after it has succeeded. */
  done: boolean;
  /** Why it failed, in words that a visitor may see. */
  problem: string | undefined;
  /** Begins anew. */
  reset: () => void;
}

/** Runs a form's action when it is sent, and says how that went. */
export function useSubmit(action: (readField: ReadField) => Promise<void>): Submission {
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<string>();

  const submit = async (form: FormData) => {
    setBusy(true);
    setDone(false);
    setProblem(undefined);
    try {
      await action((name) => {
        const value = form.get(name);
        return typeof value === 'string' ? value : '';
      });
      setDone(true);
    } catch (error) {
      setProblem(
        CombinedGraphQLErrors.is(error)
          ? error.errors.map(({ message }) => message).join('; ')
          : 'The server cannot be reached. Try again.',
      );
    } finally {
      setBusy(false);
    }
  };

  return {
    onSubmit(event) {
      event.preventDefault();
      void submit(new FormData(event.currentTarget));
    },
    busy,
    done,
    problem,
    reset() {
      setDone(false);
      setProblem(undefined);
    },
  };
}
