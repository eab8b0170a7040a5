import { startTransition, useOptimistic } from 'react';

/**
 * The value of a control as it was chosen, and the way to choose. What stands in the address is rendered a step later: until then a
 * control that shows what was before would take its next key, or click, from there.
 * @param onChange may take a while, until which the control shows what was chosen; must not reject
 */
export function useChosen<Value>(
  value: Value,
  onChange: (value: Value) => void | Promise<void>,
): [chosen: Value, choose: (value: Value) => void] {
  const [chosen, setChosen] = useOptimistic(value);
  const choose = (next: Value) =>
    startTransition(() => {
      setChosen(() => next);
      return onChange(next);
    });
  return [chosen, choose];
}
