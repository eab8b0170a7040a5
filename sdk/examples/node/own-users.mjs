// From an API key to a list for a user of your own app:
//
//   POCKETROCKET_URL=http://localhost:4000/graphql POCKETROCKET_KEY=pr_… node own-users.mjs
//
// The key needs the scopes read, recommend and write:events.
import { PocketRocket } from '@pocketrocket/sdk';

const { POCKETROCKET_URL: url = 'http://localhost:4000/graphql', POCKETROCKET_KEY: key } = process.env;
const client = new PocketRocket({ url, key });

// Your users, by your own ids.
await client.upsertUsers([{ externalId: 'ann', name: 'Ann' }]);

// What they did. Events get ids of their own unless you give them, and count once however often they are sent.
const watched = await client.movies({ orderBy: 'RATING_COUNT_DESC' }).take(3);
const { storedCount, refused } = await client.recordEvents(
  watched.map(({ movieId }) => ({ userExternalId: 'ann', kind: 'WATCH', movieId, value: 1 })),
);
console.log(`${storedCount} events stored, ${refused.length} refused`);

// What they get, at once, and why.
for (const { rank, movie, reasons } of await client.recommendations({ externalId: 'ann' }).take(5)) {
  const because = reasons.map((reason) => reason.movie.title).join(', ');
  console.log(`${rank}. ${movie.title} (${movie.releaseYear})${because && `, because of ${because}`}`);
}
