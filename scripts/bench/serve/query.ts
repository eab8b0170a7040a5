/** The query of the portal's first row: twenty recommendations with titles, genres, scores, and reasons with titles. */
export const QUERY = `query Recommendations($userId: Int!) {
  user(userId: $userId) {
    recommendations(first: 20) {
      nodes { movie { title genres { name } } score reasons { movie { title } } }
      served { ranker candidateCount }
    }
  }
}`;

/** What an answer must hold, as text. */
export function expectedServed(candidateCount: number): string {
  return `"served":{"ranker":"NEURAL_CF","candidateCount":${candidateCount}}`;
}
