import type { InputHTMLAttributes, ReactNode } from 'react';
import type { FieldName, Problem } from './problems.ts';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: ReactNode;
  name: string;
  /** By which the API's refusals name it; its own name unless given. */
  field?: FieldName;
  problem: Problem | undefined;
  /** The id of the form's `FormProblem`. */
  problemId: string;
}

/** A field with its label, marked as wrong where a refusal names it. */
export function Field({ label, problem, problemId, field, ...input }: FieldProps) {
  const known = field ?? input.name;
  const isWrong = problem?.field === known;
  return (
    <label>
      {label}
      <input
        {...input}
        data-field={known}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? problemId : undefined}
      />
    </label>
  );
}
