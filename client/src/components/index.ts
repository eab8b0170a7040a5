/** The portal's components: presentation only. They take plain data, never fetch, and link with react-router. */
export { Poster, type PosterProps } from '../posters/Poster.tsx';
export { Avatar, type AvatarProps } from './Avatar.tsx';
export { Button, ButtonLink, type ButtonLinkProps, type ButtonProps, type ButtonVariant } from './Button.tsx';
export { formatCount, formatDay, formatMean, formatNumbered, formatStars } from './format.ts';
export { GenreChips, type GenreChipsProps } from './GenreChips.tsx';
export { GenreProfile, type GenreProfileProps } from './GenreProfile.tsx';
export { Hero, type HeroProps } from './Hero.tsx';
export { LoadMore, type LoadMoreProps } from './LoadMore.tsx';
export { ModelBadge, type ModelBadgeProps } from './ModelBadge.tsx';
export { MovieCard, type MovieCardProps } from './MovieCard.tsx';
export { CardGrid, MovieGrid, type MovieGridProps } from './MovieGrid.tsx';
export { MovieRow, type MovieRowProps } from './MovieRow.tsx';
export { collectionPath, moviePath, userPath } from './paths.ts';
export { PickCard, type PickCardProps } from './PickCard.tsx';
export { RatingHistogram, type RatingHistogramProps } from './RatingHistogram.tsx';
export { RatingInput, type RatingInputProps } from './RatingInput.tsx';
export { RatingStars, type RatingStarsProps } from './RatingStars.tsx';
export { ReasonLine, type ReasonLineProps } from './Reasons.tsx';
export {
  CardSkeleton,
  GridSkeleton,
  HeroSkeleton,
  PageSkeleton,
  RowSkeleton,
  type RowSkeletonProps,
} from './Skeletons.tsx';
export { StatTiles, type Stat } from './StatTiles.tsx';
export {
  DegradedNotice,
  EmptyState,
  ErrorState,
  type EmptyStateProps,
  type ErrorStateProps,
} from './States.tsx';
export type {
  GenreName,
  GenreShare,
  MovieItem,
  MovieSummary,
  RatingBucket,
  Reason,
  ReasonSubject,
  ServedSummary,
  UserSummary,
} from './types.ts';
export { UserCard } from './UserCard.tsx';
export { VisuallyHidden } from './VisuallyHidden.tsx';
