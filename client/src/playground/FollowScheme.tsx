import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';

/**
 * Has GraphiQL's editors follow the device when it turns dark or light, unless its settings say which one: by themselves they take
 * what the device has when they begin. In place of the logo, since it must be within GraphiQL.
 */
export function FollowScheme() {
  const isChosen = useGraphiQL(({ theme }) => theme !== null);
  const { setTheme } = useGraphiQLActions();
  useEffect(() => {
    if (isChosen) return;
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme(null);
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, [isChosen, setTheme]);
  return <span />;
}
