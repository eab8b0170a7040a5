/** The query of the portal's first row: twenty recommendations with titles, genres, scores, and reasons with titles. */
export const QUERY = `query Recommendations($userId: Int!) {
  user(userId: $userId) {
    recommendations(first: 20) {
      nodes { movie { title genres { name } } score reasons { movie { title } } }
      served { ranker candidateCount }
    }
  }
}`;

/** Text that an answer must contain. */
export function expectedServed(candidateCount: number): string {
  return `"served":{"ranker":"NEURAL_CF","candidateCount":${candidateCount}}`;
}
