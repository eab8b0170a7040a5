import { useState, type FormEvent } from 'react';
import { problemOf, type Problem } from './problems.ts';

/** Reads a field of a form by its name; empty where there is none. */
export type ReadField = (name: string) => string;

export interface Submission {
  /** For the form. */
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** True while the action runs. */
  busy: boolean;
  /** True after it has succeeded. */
  done: boolean;
  /** Why it failed. */
  problem: Problem | undefined;
  /** Begins anew. */
  reset: () => void;
}

/** Runs a form's action when it is sent, and says how that went. */
export function useSubmit(action: (readField: ReadField) => Promise<void>): Submission {
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const submit = async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    setBusy(true);
    setDone(false);
    setProblem(undefined);
    try {
      await action((name) => {
        const value = fields.get(name);
        return typeof value === 'string' ? value : '';
      });
      setDone(true);
    } catch (error) {
      const found = problemOf(error);
      setProblem(found);
      // To what is to be mended, whose description says why.
      form.querySelector<HTMLInputElement>(`input[data-field="${found.field}"]`)?.focus();
    } finally {
      setBusy(false);
    }
  };

  return {
    onSubmit(event) {
      event.preventDefault();
      void submit(event.currentTarget);
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
