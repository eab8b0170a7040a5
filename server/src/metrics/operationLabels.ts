/** The portal's operations: their names become labels. Whoever asks by another name is counted, but cannot make a label. */
export const PORTAL_OPERATIONS: ReadonlySet<string> = new Set([
  'AboutPage',
  'AccountPage',
  'ChangePassword',
  'ConfirmEmail',
  'DeleteMyAccount',
  'ExportMyData',
  'ForYou',
  'GenrePage',
  'HomeGenreRow',
  'HomePage',
  'ImportMyRatings',
  'MatchFilms',
  'ModelBadge',
  'MoviePage',
  'MyImports',
  'PickerPool',
  'RateMovie',
  'RequestEmailConfirmation',
  'RequestPasswordReset',
  'ResetPassword',
  'SearchPage',
  'SearchSuggestions',
  'SignIn',
  'SignOut',
  'SignOutEverywhere',
  'SignUp',
  'SimilarMovies',
  'UndoMyImport',
  'UnrateMovie',
  'UpdateAccount',
  'UserPage',
  'UserRecommendations',
  'UserWatched',
  'UsersPage',
  'ViewerRating',
]);

/** The label of an operation: its name where the portal has it, else `other`; `none` where it has no name, or was refused before it had one. */
export function operationLabel(name: string | null | undefined): string {
  if (name === null || name === undefined) return 'none';
  return PORTAL_OPERATIONS.has(name) ? name : 'other';
}
