import type { InputHTMLAttributes, ReactNode } from 'react';
import type { FieldName, Problem } from './problems.ts';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: ReactNode;
  name: string;
  /** By which the API's refusals name it; its own name where that is the same. */
  field: FieldName;
  problem: Problem | undefined;
  /** The id of the form's `FormProblem`. */
  problemId: string;
}

/** A field with its label, marked as wrong where a refusal names it. */
export function Field({ label, field, problem, problemId, ...input }: FieldProps) {
  const isWrong = problem?.field === field;
  return (
    <label>
      {label}
      <input
        {...input}
        data-field={field}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? problemId : undefined}
      />
    </label>
  );
}
