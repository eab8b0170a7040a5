import { useLingui } from '@lingui/react/macro';
import type { Problem } from './problems.ts';
import styles from './forms.module.css';

interface FormProblemProps {
  /** Names what did not happen, such as "The password was not changed". */
  title: string;
  problem: Problem | undefined;
  /** By which the field to mend refers to it. */
  id?: string;
}

/** Says in a form why it was refused. */
export function FormProblem({ title, problem, id }: FormProblemProps) {
  const { i18n } = useLingui();
  if (!problem) return null;
  return (
    <div id={id} role="alert" className={styles.problem}>
      <p className={styles.problemTitle}>{title}</p>
      <p>{typeof problem.text === 'string' ? problem.text : i18n._(problem.text)}</p>
    </div>
  );
}
