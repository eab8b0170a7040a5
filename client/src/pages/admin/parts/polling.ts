/** Options by which `useQuery` asks again while somebody looks at the page. */
export const whileVisible = (pollInterval: number) => ({
  pollInterval,
  skipPollAttempt: () => document.hidden,
  context: { isPassing: true },
});
