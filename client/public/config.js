// Read once when the portal starts. On a host of its own, put the API's full address here,
// such as 'https://api.example.org/graphql', and list the portal's origin in the server's CORS_ORIGINS.
globalThis.pocketrocketConfig = { apiUrl: '/graphql' };
