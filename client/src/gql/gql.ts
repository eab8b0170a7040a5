/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Shell {\n    dataset {\n      name\n      isSynthetic\n    }\n    model {\n      ...ModelBadge\n    }\n  }\n": typeof types.ShellDocument,
    "\n  fragment GenreChip on Genre {\n    name\n  }\n": typeof types.GenreChipFragmentDoc,
    "\n  fragment GenreProfile on GenreShare {\n    genre {\n      name\n    }\n    ratingCount\n    averageRating\n  }\n": typeof types.GenreProfileFragmentDoc,
    "\n  fragment MetricTable on Metric {\n    name\n    value\n    baseline\n  }\n": typeof types.MetricTableFragmentDoc,
    "\n  fragment MovieCard on Movie {\n    movieId\n    title\n    releaseYear\n    genres {\n      name\n    }\n    posterUrl\n    averageRating\n    weightedRating\n    ratingCount\n  }\n": typeof types.MovieCardFragmentDoc,
    "\n  fragment Recommended on Recommendation {\n    movie {\n      ...MovieCard\n    }\n    reasons {\n      ...Reason\n    }\n  }\n": typeof types.RecommendedFragmentDoc,
    "\n  fragment Reason on RecommendationReason {\n    weight\n    movie {\n      movieId\n      title\n      releaseYear\n    }\n  }\n": typeof types.ReasonFragmentDoc,
    "\n  fragment ModelBadge on Model {\n    version\n    recipe\n    trainedAt\n  }\n": typeof types.ModelBadgeFragmentDoc,
    "\n  fragment DegradedNotice on Served {\n    degraded\n    popularityReason\n  }\n": typeof types.DegradedNoticeFragmentDoc,
    "\n  fragment NothingLeft on Served {\n    emptyReason\n  }\n": typeof types.NothingLeftFragmentDoc,
    "\n  fragment RatingHistogram on RatingBucket {\n    rating\n    count\n  }\n": typeof types.RatingHistogramFragmentDoc,
    "\n  fragment UserCard on User {\n    userId\n    name\n    sharesRatings\n    ratingCount\n    averageRating\n  }\n": typeof types.UserCardFragmentDoc,
    "\n  subscription RecommendationsChanged {\n    recommendationsChanged(first: 20) {\n      nodes {\n        score\n        movie {\n          movieId\n        }\n      }\n      served {\n        modelVersion\n        ratingsRevision\n      }\n    }\n  }\n": typeof types.RecommendationsChangedDocument,
    "\n  query AboutPage {\n    dataset {\n      name\n      isSynthetic\n      movieCount\n    }\n    model {\n      version\n      trainedAt\n      dataset\n      recipe\n      ratingCount\n      userCount\n      movieCount\n      protocol\n      protocolName\n      evaluatedUserCount\n      metrics {\n        name\n        ...MetricTable\n      }\n    }\n  }\n": typeof types.AboutPageDocument,
    "\n  query AccountPage {\n    viewer {\n      userId\n      name\n      sharesRatings\n      account {\n        ...OwnEmail\n      }\n    }\n    myTasteLinks {\n      ...OwnTasteLink\n    }\n  }\n": typeof types.AccountPageDocument,
    "\n  query ExportMyData($format: ExportFormat!) {\n    exportMyData(format: $format) {\n      fileName\n      mediaType\n      content\n    }\n  }\n": typeof types.ExportMyDataDocument,
    "\n  mutation DeleteMyAccount($password: String!) {\n    deleteMyAccount(password: $password)\n  }\n": typeof types.DeleteMyAccountDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      ...SignedIn\n    }\n  }\n": typeof types.ChangePasswordDocument,
    "\n  mutation SignOutEverywhere {\n    signOutEverywhere\n  }\n": typeof types.SignOutEverywhereDocument,
    "\n  fragment OwnEmail on Account {\n    email\n    emailConfirmed\n  }\n": typeof types.OwnEmailFragmentDoc,
    "\n  mutation RequestEmailConfirmation {\n    requestEmailConfirmation\n  }\n": typeof types.RequestEmailConfirmationDocument,
    "\n  fragment OwnTasteLink on OwnTasteLink {\n    linkId\n    createdAt\n    expiresAt\n  }\n": typeof types.OwnTasteLinkFragmentDoc,
    "\n  mutation UpdateAccount($input: UpdateAccountInput!) {\n    updateAccount(input: $input) {\n      user {\n        userId\n        name\n        sharesRatings\n      }\n    }\n  }\n": typeof types.UpdateAccountDocument,
    "\n  query AdminGate {\n    viewer {\n      userId\n      account {\n        role\n      }\n    }\n  }\n": typeof types.AdminGateDocument,
    "\n  fragment AdminAccount on AccountOverview {\n    userId\n    name\n    email\n    emailConfirmed\n    role\n    sharesRatings\n    ratingCount\n    sessionCount\n    createdAt\n  }\n": typeof types.AdminAccountFragmentDoc,
    "\n  query AdminAccounts($query: String, $first: Int!, $after: String) {\n    admin {\n      accounts(query: $query, first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            ...AdminAccount\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.AdminAccountsDocument,
    "\n  query AdminRoleChanges {\n    roleChanges(first: 20) {\n      changedAt\n      changedBy\n      role\n      user {\n        userId\n        name\n      }\n    }\n  }\n": typeof types.AdminRoleChangesDocument,
    "\n  mutation SetAccountRole($userId: Int!, $role: AccountRole!) {\n    setAccountRole(userId: $userId, role: $role) {\n      ...AdminAccount\n    }\n  }\n": typeof types.SetAccountRoleDocument,
    "\n  mutation EndSessions($userId: Int!) {\n    endSessions(userId: $userId) {\n      ...AdminAccount\n    }\n  }\n": typeof types.EndSessionsDocument,
    "\n  mutation DeleteAccount($userId: Int!) {\n    deleteAccount(userId: $userId)\n  }\n": typeof types.DeleteAccountDocument,
    "\n  query AdminData {\n    admin {\n      catalogue {\n        dataset\n        importedAt\n        movieCount\n        genreCount\n        userCount\n        accountCount\n        appUserCount\n        appMovieCount\n        ratingCount\n        withoutGenresCount\n        withoutYearCount\n        withoutRatingsCount\n        unknownToModelCount\n        placedByContentCount\n      }\n      imports(first: 50) {\n        dataImportId\n        dataset\n        status\n        finishedAt\n        movieCount\n        userCount\n        ratingCount\n        skipped {\n          kind\n          count\n        }\n      }\n    }\n  }\n": typeof types.AdminDataDocument,
    "\n  mutation CreateExport($kind: ExportKind!, $includePrivate: Boolean!) {\n    createExport(kind: $kind, includePrivate: $includePrivate) {\n      kind\n      url\n      expiresAt\n    }\n  }\n": typeof types.CreateExportDocument,
    "\n  fragment AdminExperimentArms on ExperimentReport {\n    arms {\n      arm\n      share\n      userCount\n      finishedCount\n      verdict\n      rate {\n        mean\n        low\n        high\n      }\n      difference {\n        mean\n        low\n        high\n      }\n    }\n  }\n": typeof types.AdminExperimentArmsFragmentDoc,
    "\n  query AdminExperiments {\n    admin {\n      experiments {\n        name\n        firstShownAt\n        lastShownAt\n        arms {\n          arm\n          userCount\n          exposureCount\n        }\n        report {\n          usersNeeded\n          daysMissing\n          isUneven\n          switchedCount\n          withinDays\n          minimumEffect\n          ...AdminExperimentArms\n        }\n      }\n    }\n  }\n": typeof types.AdminExperimentsDocument,
    "\n  fragment AdminBudgets on Budgets {\n    isOn\n    isShared\n    since\n    burst\n    perSecond\n    accountPerSecond\n    keyPerSecond\n    maxCost\n    refusedCount\n    clients {\n      client\n      units\n      refusedCount\n    }\n  }\n": typeof types.AdminBudgetsFragmentDoc,
    "\n  query AdminHealth {\n    admin {\n      health {\n        isReady\n        problems\n        startedAt\n        threadCount\n        memoryBytes\n        requestCount\n        failedRequestCount\n        shedRequestCount\n        meanRequestMs\n        listCount\n        degradedShare\n        steps {\n          step\n          count\n          meanMs\n        }\n        caches {\n          name\n          bytes\n          maxBytes\n        }\n      }\n      budgets {\n        ...AdminBudgets\n      }\n    }\n  }\n": typeof types.AdminHealthDocument,
    "\n  fragment AdminApiKey on ApiKey {\n    keyId\n    name\n    scopes\n    perSecond\n    expiresAt\n    lastUsedAt\n    revokedAt\n  }\n": typeof types.AdminApiKeyFragmentDoc,
    "\n  query AdminKeys {\n    admin {\n      apps {\n        appId\n        name\n        sharesUsers\n        createdAt\n        userCount\n        keys {\n          ...AdminApiKey\n        }\n      }\n    }\n  }\n": typeof types.AdminKeysDocument,
    "\n  mutation CreateApp($input: CreateAppInput!) {\n    createApp(input: $input) {\n      appId\n      name\n    }\n  }\n": typeof types.CreateAppDocument,
    "\n  mutation DeleteApp($appId: ID!) {\n    deleteApp(appId: $appId)\n  }\n": typeof types.DeleteAppDocument,
    "\n  mutation CreateApiKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      secret\n      key {\n        ...AdminApiKey\n      }\n    }\n  }\n": typeof types.CreateApiKeyDocument,
    "\n  mutation RotateApiKey($keyId: ID!, $overlapSeconds: Int!) {\n    rotateApiKey(keyId: $keyId, overlapSeconds: $overlapSeconds) {\n      secret\n      key {\n        ...AdminApiKey\n      }\n    }\n  }\n": typeof types.RotateApiKeyDocument,
    "\n  mutation RevokeApiKey($keyId: ID!) {\n    revokeApiKey(keyId: $keyId) {\n      ...AdminApiKey\n    }\n  }\n": typeof types.RevokeApiKeyDocument,
    "\n  fragment AdminModelVersion on ModelVersion {\n    version\n    state\n    isServing\n    trainedAt\n    recipe\n    dataset\n    ratingCount\n    userCount\n    movieCount\n    protocol\n    protocolName\n    evaluatedUserCount\n    problem\n    metrics {\n      name\n      ...MetricTable\n    }\n    gate {\n      decision\n      isForced\n      reasons\n      candidate\n      popularity\n      serving\n      servingVersion\n      userCount\n    }\n  }\n": typeof types.AdminModelVersionFragmentDoc,
    "\n  query AdminModels {\n    admin {\n      models(first: 50) {\n        ...AdminModelVersion\n      }\n    }\n  }\n": typeof types.AdminModelsDocument,
    "\n  mutation PublishModel($version: String!) {\n    publishModel(version: $version) {\n      ...AdminModelVersion\n    }\n  }\n": typeof types.PublishModelDocument,
    "\n  mutation RollbackModel {\n    rollbackModel {\n      ...AdminModelVersion\n    }\n  }\n": typeof types.RollbackModelDocument,
    "\n  query AdminOverview {\n    admin {\n      health {\n        isReady\n        problems\n        startedAt\n        requestCount\n        failedRequestCount\n        shedRequestCount\n        meanRequestMs\n        listCount\n        degradedShare\n        modelVersion\n        dataset\n      }\n      catalogue {\n        movieCount\n        userCount\n        accountCount\n        ratingCount\n      }\n    }\n  }\n": typeof types.AdminOverviewDocument,
    "\n  query AdminCoverage {\n    admin {\n      coverage {\n        since\n        shownCount\n        shownMovieCount\n        movieCount\n        share\n        gini\n        meanPopularityRank\n        headShare\n        headShareOfRatings\n      }\n    }\n  }\n": typeof types.AdminCoverageDocument,
    "\n  query AdminWebhooks {\n    admin {\n      webhooks {\n        webhookId\n        url\n        events\n        createdAt\n        pendingCount\n        failedCount\n        lastAttemptAt\n        lastStatus\n        lastProblem\n      }\n    }\n  }\n": typeof types.AdminWebhooksDocument,
    "\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) {\n      secret\n      webhook {\n        webhookId\n        url\n      }\n    }\n  }\n": typeof types.CreateWebhookDocument,
    "\n  mutation DeleteWebhook($webhookId: ID!) {\n    deleteWebhook(webhookId: $webhookId)\n  }\n": typeof types.DeleteWebhookDocument,
    "\n  query GenrePage($genre: String!) {\n    genres {\n      ...GenreChip\n    }\n    genre(name: $genre) {\n      name\n      movieCount\n    }\n  }\n": typeof types.GenrePageDocument,
    "\n  fragment ComparedGenre on GenreComparison {\n    genre {\n      name\n    }\n    ratingCount\n    otherRatingCount\n    averageRating\n    otherAverageRating\n  }\n": typeof types.ComparedGenreFragmentDoc,
    "\n  fragment ComparedUser on User {\n    userId\n    name\n    ratingCount\n  }\n": typeof types.ComparedUserFragmentDoc,
    "\n  fragment RatingPair on RatingPair {\n    rating\n    otherRating\n    movie {\n      ...MovieCard\n    }\n  }\n": typeof types.RatingPairFragmentDoc,
    "\n  query Comparison($one: Int!, $other: Int!, $first: Int!, $members: [RecommendForInput!]!) {\n    one: user(userId: $one) {\n      ...ComparedUser\n    }\n    other: user(userId: $other) {\n      ...ComparedUser\n    }\n    compareUsers(userId: $one, otherUserId: $other, first: $first) {\n      similarity\n      commonCount\n      agreements {\n        ...RatingPair\n      }\n      disagreements {\n        ...RatingPair\n      }\n      genres {\n        ...ComparedGenre\n      }\n    }\n    recommendForGroup(members: $members, first: 12) {\n      nodes {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n": typeof types.ComparisonDocument,
    "\n  query ExploreMap($first: Int!, $after: String) {\n    movieMap(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        x\n        y\n        movie {\n          movieId\n          title\n          releaseYear\n          ratingCount\n          genres {\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.ExploreMapDocument,
    "\n  query ExploreOwnFilms($after: String) {\n    viewer {\n      userId\n      ratings(first: 100, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          node {\n            movie {\n              movieId\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.ExploreOwnFilmsDocument,
    "\n  query Films($filter: MovieFilter, $orderBy: MovieOrder!, $first: Int!, $skip: Int!) {\n    films: movies(filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {\n      ...FilmPage\n    }\n  }\n": typeof types.FilmsDocument,
    "\n  query FoundFilms(\n    $query: String!\n    $filter: MovieFilter\n    $orderBy: MovieSearchOrder!\n    $first: Int!\n    $skip: Int!\n  ) {\n    films: movieSearch(query: $query, filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {\n      ...FilmPage\n    }\n  }\n": typeof types.FoundFilmsDocument,
    "\n  fragment FilmPage on MovieConnection {\n    edges {\n      node {\n        ...MovieCard\n      }\n    }\n    totalCount\n  }\n": typeof types.FilmPageFragmentDoc,
    "\n  query AllGenres {\n    genres {\n      ...GenreChip\n    }\n  }\n": typeof types.AllGenresDocument,
    "\n  query SendsMail {\n    sendsMail\n  }\n": typeof types.SendsMailDocument,
    "\n  query GroupFilms(\n    $members: [RecommendForInput!]!\n    $tokens: [String!]!\n    $strategy: GroupStrategy!\n    $first: Int!\n    $after: String\n  ) {\n    recommendForGroup(\n      members: $members\n      tasteTokens: $tokens\n      strategy: $strategy\n      first: $first\n      after: $after\n    ) {\n      edges {\n        cursor\n        node {\n          ...GroupFilm\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      served {\n        ...DegradedNotice\n        ...NothingLeft\n      }\n    }\n  }\n": typeof types.GroupFilmsDocument,
    "\n  fragment GroupFilm on GroupRecommendation {\n    movie {\n      ...MovieCard\n    }\n    members {\n      member\n      likes\n    }\n  }\n": typeof types.GroupFilmFragmentDoc,
    "\n  mutation CreateTasteLink($ratings: [RatingInput!], $name: String) {\n    createTasteLink(ratings: $ratings, name: $name) {\n      token\n      link {\n        ...OwnTasteLink\n      }\n    }\n  }\n": typeof types.CreateTasteLinkDocument,
    "\n  query MemberName($userId: Int!) {\n    user(userId: $userId) {\n      userId\n      name\n      sharesRatings\n    }\n  }\n": typeof types.MemberNameDocument,
    "\n  query TasteLinks($tokens: [String!]!) {\n    tasteLinks(tokens: $tokens) {\n      name\n      expiresAt\n      isOwn\n    }\n  }\n": typeof types.TasteLinksDocument,
    "\n  mutation RevokeTasteLink($linkId: String!) {\n    revokeTasteLink(linkId: $linkId)\n  }\n": typeof types.RevokeTasteLinkDocument,
    "\n  query SurprisingFilm($movieId: Int!) {\n    movie(movieId: $movieId) {\n      ...MovieCard\n    }\n  }\n": typeof types.SurprisingFilmDocument,
    "\n  query HomePage {\n    genres {\n      name\n      movieCount\n    }\n    dataset {\n      name\n      movieCount\n      ratingCount\n    }\n    model {\n      version\n    }\n  }\n": typeof types.HomePageDocument,
    "\n  query ViewerHome {\n    viewer {\n      userId\n      ratings(first: 50) {\n        edges {\n          cursor\n          node {\n            rating\n            movie {\n              movieId\n              title\n              releaseYear\n              genres {\n                name\n              }\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n      watchlist(first: 20) {\n        edges {\n          cursor\n          node {\n            movieId\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.ViewerHomeDocument,
    "\n  fragment ForYouList on RecommendationConnection {\n    edges {\n      cursor\n      node {\n        ...Recommended\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    served {\n      ranker\n      ratingsRevision\n      ...DegradedNotice\n      ...NothingLeft\n    }\n  }\n": typeof types.ForYouListFragmentDoc,
    "\n  query ForYou($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {\n    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 20) {\n      ...ForYouList\n    }\n  }\n": typeof types.ForYouDocument,
    "\n  query ViewerForYou($filter: MovieFilter, $diversity: Float!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, diversity: $diversity, first: 20) {\n        ...ForYouList\n      }\n    }\n  }\n": typeof types.ViewerForYouDocument,
    "\n  query PickerPool($perDecade: Int!) {\n    until1959: movies(filter: { yearTo: 1959 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    sixties: movies(filter: { yearFrom: 1960, yearTo: 1969 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    seventies: movies(\n      filter: { yearFrom: 1970, yearTo: 1979 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    eighties: movies(\n      filter: { yearFrom: 1980, yearTo: 1989 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    nineties: movies(\n      filter: { yearFrom: 1990, yearTo: 1999 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    noughties: movies(\n      filter: { yearFrom: 2000, yearTo: 2009 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    tens: movies(filter: { yearFrom: 2010, yearTo: 2019 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    since2020: movies(filter: { yearFrom: 2020 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n  }\n\n  fragment PickerFilms on MovieConnection {\n    edges {\n      cursor\n      node {\n        ...PickerFilm\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.PickerPoolDocument,
    "\n  fragment MarkedFilm on Movie {\n    ...MovieCard\n    viewerRating\n    isDismissed\n  }\n": typeof types.MarkedFilmFragmentDoc,
    "\n  query HomeMoviesRow($filter: MovieFilter, $orderBy: MovieOrder!) {\n    movies(filter: $filter, orderBy: $orderBy, first: 40) {\n      edges {\n        cursor\n        node {\n          ...MovieCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.HomeMoviesRowDocument,
    "\n  query HomePopularRow {\n    popularNow(first: 60) {\n      ...MovieCard\n    }\n  }\n": typeof types.HomePopularRowDocument,
    "\n  query HomeViewerPopularRow {\n    popularNow(first: 60) {\n      ...MarkedFilm\n    }\n  }\n": typeof types.HomeViewerPopularRowDocument,
    "\n  query HomeSimilarRow($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 60) {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n": typeof types.HomeSimilarRowDocument,
    "\n  query HomeViewerSimilarRow($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 60) {\n        movie {\n          ...MarkedFilm\n        }\n      }\n    }\n  }\n": typeof types.HomeViewerSimilarRowDocument,
    "\n  query HomeTasteRow($ratings: [RatingInput!]!, $filter: MovieFilter!) {\n    recommendFor(ratings: $ratings, filter: $filter, first: 40) {\n      edges {\n        cursor\n        node {\n          ...Recommended\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.HomeTasteRowDocument,
    "\n  query HomeViewerRow($filter: MovieFilter!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, first: 40) {\n        edges {\n          cursor\n          node {\n            ...Recommended\n            movie {\n              ...MarkedFilm\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        served {\n          ratingsRevision\n        }\n      }\n    }\n  }\n": typeof types.HomeViewerRowDocument,
    "\n  query HomeWatchlistRow {\n    viewer {\n      userId\n      watchlist(first: 20) {\n        edges {\n          cursor\n          node {\n            ...MarkedFilm\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.HomeWatchlistRowDocument,
    "\n  query Surprise($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {\n    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 100) {\n      nodes {\n        score\n        movie {\n          movieId\n        }\n      }\n    }\n  }\n": typeof types.SurpriseDocument,
    "\n  query ViewerSurprise($filter: MovieFilter, $diversity: Float!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, diversity: $diversity, first: 100) {\n        nodes {\n          score\n          movie {\n            movieId\n          }\n        }\n      }\n    }\n  }\n": typeof types.ViewerSurpriseDocument,
    "\n  fragment CastMember on CastMember {\n    character\n    person {\n      ...PersonCard\n    }\n  }\n": typeof types.CastMemberFragmentDoc,
    "\n  query MovieDetails($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      # A page that was kept may be older than the poster.\n      posterUrl\n      details {\n        overview\n        tagline\n        runtimeMinutes\n        trailerYoutubeId\n        watchCountries\n        directors {\n          ...PersonLink\n        }\n        cast(first: 12) {\n          ...CastMember\n        }\n      }\n    }\n  }\n": typeof types.MovieDetailsDocument,
    "\n  fragment MovieFacts on Movie {\n    hasDetails\n    imdbUrl\n    tmdbUrl\n    overview\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n": typeof types.MovieFactsFragmentDoc,
    "\n  fragment Fan on User {\n    userId\n    name\n    ratingCount\n  }\n": typeof types.FanFragmentDoc,
    "\n  fragment CachedCard on Movie {\n    ...MovieCard\n  }\n": typeof types.CachedCardFragmentDoc,
    "\n  query MoviePage($movieId: Int!) {\n    movie(movieId: $movieId) {\n      ...MovieCard\n      ...MovieFacts\n      tags(first: 16) {\n        ...MovieTagLink\n      }\n      fans(first: 6) {\n        ...Fan\n      }\n    }\n  }\n": typeof types.MoviePageDocument,
    "\n  query SimilarMovies($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 18) {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n": typeof types.SimilarMoviesDocument,
    "\n  fragment MovieTagLink on MovieTag {\n    tag\n    count\n  }\n": typeof types.MovieTagLinkFragmentDoc,
    "\n  query WhereToWatch($movieId: Int!, $country: String!) {\n    movie(movieId: $movieId) {\n      movieId\n      details {\n        whereToWatch(country: $country) {\n          kind\n          service\n        }\n      }\n    }\n  }\n": typeof types.WhereToWatchDocument,
    "\n  query MyRatings(\n    $userId: Int!\n    $orderBy: RatingOrder!\n    $filter: RatingFilter\n    $first: Int!\n    $after: String\n  ) {\n    user(userId: $userId) {\n      userId\n      ratings(orderBy: $orderBy, filter: $filter, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...OwnRating\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n    genres {\n      name\n    }\n  }\n": typeof types.MyRatingsDocument,
    "\n  fragment OwnRating on Rating {\n    rating\n    ratedAt\n    movie {\n      ...MovieCard\n    }\n  }\n": typeof types.OwnRatingFragmentDoc,
    "\n  query MyImports {\n    myImports {\n      importId\n      startedAt\n      undoneAt\n      ratingCount\n    }\n  }\n": typeof types.MyImportsDocument,
    "\n  query MatchFilms($films: [MovieRowInput!]!) {\n    matchMovies(rows: $films) {\n      movie {\n        movieId\n        title\n        releaseYear\n      }\n      candidates {\n        movie {\n          movieId\n          title\n          releaseYear\n        }\n      }\n    }\n  }\n": typeof types.MatchFilmsDocument,
    "\n  mutation ImportMyRatings($importId: String!, $ownRatings: [ImportedRatingInput!]!) {\n    importMyRatings(importId: $importId, rows: $ownRatings) {\n      rows {\n        movieId\n        outcome\n      }\n      user {\n        userId\n        ratingCount\n      }\n    }\n  }\n": typeof types.ImportMyRatingsDocument,
    "\n  mutation UndoMyImport($importId: String!) {\n    undoMyImport(importId: $importId) {\n      restoredCount\n      keptCount\n      user {\n        userId\n        ratingCount\n      }\n    }\n  }\n": typeof types.UndoMyImportDocument,
    "\n  query PeopleFound($query: String!) {\n    searchPeople(query: $query, first: 6) {\n      ...PersonCard\n      knownFor\n    }\n  }\n": typeof types.PeopleFoundDocument,
    "\n  query PersonPage($personId: Int!) {\n    person(personId: $personId) {\n      ...PersonCard\n      knownFor\n      biography\n      tmdbUrl\n      movies(first: 100) {\n        roles\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n": typeof types.PersonPageDocument,
    "\n  fragment PersonCard on Person {\n    personId\n    name\n    photoUrl\n  }\n": typeof types.PersonCardFragmentDoc,
    "\n  fragment PersonLink on Person {\n    personId\n    name\n  }\n": typeof types.PersonLinkFragmentDoc,
    "\n  query PersonPredictions($movieIds: [Int!]) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerPrediction\n    }\n  }\n": typeof types.PersonPredictionsDocument,
    "\n  mutation ConfirmEmail($token: String!) {\n    confirmEmail(token: $token)\n  }\n": typeof types.ConfirmEmailDocument,
    "\n  mutation RequestPasswordReset($email: String!) {\n    requestPasswordReset(email: $email)\n  }\n": typeof types.RequestPasswordResetDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input)\n  }\n": typeof types.ResetPasswordDocument,
    "\n  fragment SignedIn on AuthPayload {\n    token\n    expiresAt\n    refreshToken\n    user {\n      userId\n      name\n    }\n  }\n": typeof types.SignedInFragmentDoc,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      ...SignedIn\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) {\n      ...SignedIn\n    }\n  }\n": typeof types.SignUpDocument,
    "\n  query TagPage($tag: String!, $first: Int!, $after: String) {\n    moviesByTag(tag: $tag, first: $first, after: $after) {\n      totalCount\n      edges {\n        cursor\n        node {\n          ...MovieCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.TagPageDocument,
    "\n  query UserRecommendations(\n    $userId: Int!\n    $first: Int!\n    $after: String\n    $filter: MovieFilter\n    $diversity: Float!\n  ) {\n    user(userId: $userId) {\n      userId\n      recommendations(first: $first, after: $after, filter: $filter, diversity: $diversity) {\n        edges {\n          cursor\n          node {\n            ...Recommended\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        served {\n          ranker\n          ratingsRevision\n          ...DegradedNotice\n          ...NothingLeft\n        }\n      }\n    }\n  }\n": typeof types.UserRecommendationsDocument,
    "\n  fragment UserStatistics on User {\n    ratingCount\n    averageRating\n    highestRating\n    lowestRating\n    favouriteGenre {\n      name\n    }\n    genreProfile {\n      ...GenreProfile\n    }\n  }\n": typeof types.UserStatisticsFragmentDoc,
    "\n  query UserWatched($userId: Int!, $orderBy: RatingOrder!, $first: Int!, $after: String) {\n    user(userId: $userId) {\n      userId\n      ratings(orderBy: $orderBy, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            rating\n            ratedAt\n            movie {\n              ...MovieCard\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": typeof types.UserWatchedDocument,
    "\n  query UserPage($userId: Int!) {\n    user(userId: $userId) {\n      userId\n      name\n      sharesRatings\n      ...UserStatistics\n    }\n    genres {\n      name\n    }\n  }\n": typeof types.UserPageDocument,
    "\n  fragment ListedUser on User {\n    ...UserCard\n    favouriteGenre {\n      name\n    }\n  }\n": typeof types.ListedUserFragmentDoc,
    "\n  query UsersPage($orderBy: UserOrder!, $first: Int!, $after: String) {\n    users(orderBy: $orderBy, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          ...ListedUser\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n": typeof types.UsersPageDocument,
    "\n  query WatchlistPage($first: Int!, $after: String) {\n    viewer {\n      userId\n      watchlist(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...MovieCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": typeof types.WatchlistPageDocument,
    "\n  query SearchSuggestions($query: String!) {\n    searchMovies(query: $query, first: 8) {\n      movieId\n      title\n      releaseYear\n      genres {\n        name\n      }\n    }\n  }\n": typeof types.SearchSuggestionsDocument,
    "\n  query AdminLink {\n    viewer {\n      userId\n      account {\n        role\n      }\n    }\n  }\n": typeof types.AdminLinkDocument,
    "\n  mutation SignOut($refreshToken: String) {\n    signOut(refreshToken: $refreshToken)\n  }\n": typeof types.SignOutDocument,
    "\n  fragment RatedMovie on Movie {\n    movieId\n    viewerRating\n    ratingCount\n    averageRating\n    weightedRating\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n": typeof types.RatedMovieFragmentDoc,
    "\n  fragment RatingUser on User {\n    userId\n    ratingCount\n    averageRating\n  }\n": typeof types.RatingUserFragmentDoc,
    "\n  mutation RateMovie($input: RateMovieInput!) {\n    rateMovie(input: $input) {\n      movie {\n        ...RatedMovie\n      }\n      user {\n        ...RatingUser\n      }\n    }\n  }\n": typeof types.RateMovieDocument,
    "\n  mutation UnrateMovie($input: UnrateMovieInput!) {\n    unrateMovie(input: $input) {\n      movie {\n        ...RatedMovie\n      }\n      user {\n        ...RatingUser\n      }\n    }\n  }\n": typeof types.UnrateMovieDocument,
    "\n  fragment PickerFilm on Movie {\n    ...MovieCard\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n": typeof types.PickerFilmFragmentDoc,
    "\n  subscription TrainingChanged {\n    trainingChanged {\n      ...TrainingState\n    }\n  }\n": typeof types.TrainingChangedDocument,
    "\n  fragment TrainingState on Training {\n    isRunning\n    stage\n    share\n    secondsLeft\n    modelVersion\n  }\n": typeof types.TrainingStateFragmentDoc,
    "\n  query Training {\n    training {\n      ...TrainingState\n    }\n  }\n": typeof types.TrainingDocument,
    "\n  query RatedAlready($movieIds: [Int!]!) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerRating\n    }\n  }\n": typeof types.RatedAlreadyDocument,
    "\n  mutation CarryRatings($ratings: [RatingInput!]!) {\n    rateMovies(ratings: $ratings) {\n      user {\n        ...RatingUser\n      }\n    }\n  }\n": typeof types.CarryRatingsDocument,
    "\n  query CardMarks($movieIds: [Int!]!) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerRating\n      viewerPrediction\n      isDismissed\n      isOnWatchlist\n    }\n  }\n": typeof types.CardMarksDocument,
    "\n  query Dismissed {\n    viewer {\n      userId\n      ratingsRevision\n      dismissedMovies(first: 100) {\n        edges {\n          node {\n            movieId\n          }\n        }\n      }\n    }\n  }\n": typeof types.DismissedDocument,
    "\n  mutation DismissMovie($movieId: Int!) {\n    dismissMovie(movieId: $movieId) {\n      movie {\n        movieId\n        isDismissed\n      }\n    }\n  }\n": typeof types.DismissMovieDocument,
    "\n  mutation RestoreMovie($movieId: Int!) {\n    restoreMovie(movieId: $movieId) {\n      movie {\n        movieId\n        isDismissed\n      }\n    }\n  }\n": typeof types.RestoreMovieDocument,
    "\n  mutation AddToWatchlist($movieId: Int!) {\n    addToWatchlist(movieId: $movieId) {\n      movie {\n        movieId\n        isOnWatchlist\n      }\n    }\n  }\n": typeof types.AddToWatchlistDocument,
    "\n  mutation RemoveFromWatchlist($movieId: Int!) {\n    removeFromWatchlist(movieId: $movieId) {\n      movie {\n        movieId\n        isOnWatchlist\n      }\n    }\n  }\n": typeof types.RemoveFromWatchlistDocument,
};
const documents: Documents = {
    "\n  query Shell {\n    dataset {\n      name\n      isSynthetic\n    }\n    model {\n      ...ModelBadge\n    }\n  }\n": types.ShellDocument,
    "\n  fragment GenreChip on Genre {\n    name\n  }\n": types.GenreChipFragmentDoc,
    "\n  fragment GenreProfile on GenreShare {\n    genre {\n      name\n    }\n    ratingCount\n    averageRating\n  }\n": types.GenreProfileFragmentDoc,
    "\n  fragment MetricTable on Metric {\n    name\n    value\n    baseline\n  }\n": types.MetricTableFragmentDoc,
    "\n  fragment MovieCard on Movie {\n    movieId\n    title\n    releaseYear\n    genres {\n      name\n    }\n    posterUrl\n    averageRating\n    weightedRating\n    ratingCount\n  }\n": types.MovieCardFragmentDoc,
    "\n  fragment Recommended on Recommendation {\n    movie {\n      ...MovieCard\n    }\n    reasons {\n      ...Reason\n    }\n  }\n": types.RecommendedFragmentDoc,
    "\n  fragment Reason on RecommendationReason {\n    weight\n    movie {\n      movieId\n      title\n      releaseYear\n    }\n  }\n": types.ReasonFragmentDoc,
    "\n  fragment ModelBadge on Model {\n    version\n    recipe\n    trainedAt\n  }\n": types.ModelBadgeFragmentDoc,
    "\n  fragment DegradedNotice on Served {\n    degraded\n    popularityReason\n  }\n": types.DegradedNoticeFragmentDoc,
    "\n  fragment NothingLeft on Served {\n    emptyReason\n  }\n": types.NothingLeftFragmentDoc,
    "\n  fragment RatingHistogram on RatingBucket {\n    rating\n    count\n  }\n": types.RatingHistogramFragmentDoc,
    "\n  fragment UserCard on User {\n    userId\n    name\n    sharesRatings\n    ratingCount\n    averageRating\n  }\n": types.UserCardFragmentDoc,
    "\n  subscription RecommendationsChanged {\n    recommendationsChanged(first: 20) {\n      nodes {\n        score\n        movie {\n          movieId\n        }\n      }\n      served {\n        modelVersion\n        ratingsRevision\n      }\n    }\n  }\n": types.RecommendationsChangedDocument,
    "\n  query AboutPage {\n    dataset {\n      name\n      isSynthetic\n      movieCount\n    }\n    model {\n      version\n      trainedAt\n      dataset\n      recipe\n      ratingCount\n      userCount\n      movieCount\n      protocol\n      protocolName\n      evaluatedUserCount\n      metrics {\n        name\n        ...MetricTable\n      }\n    }\n  }\n": types.AboutPageDocument,
    "\n  query AccountPage {\n    viewer {\n      userId\n      name\n      sharesRatings\n      account {\n        ...OwnEmail\n      }\n    }\n    myTasteLinks {\n      ...OwnTasteLink\n    }\n  }\n": types.AccountPageDocument,
    "\n  query ExportMyData($format: ExportFormat!) {\n    exportMyData(format: $format) {\n      fileName\n      mediaType\n      content\n    }\n  }\n": types.ExportMyDataDocument,
    "\n  mutation DeleteMyAccount($password: String!) {\n    deleteMyAccount(password: $password)\n  }\n": types.DeleteMyAccountDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      ...SignedIn\n    }\n  }\n": types.ChangePasswordDocument,
    "\n  mutation SignOutEverywhere {\n    signOutEverywhere\n  }\n": types.SignOutEverywhereDocument,
    "\n  fragment OwnEmail on Account {\n    email\n    emailConfirmed\n  }\n": types.OwnEmailFragmentDoc,
    "\n  mutation RequestEmailConfirmation {\n    requestEmailConfirmation\n  }\n": types.RequestEmailConfirmationDocument,
    "\n  fragment OwnTasteLink on OwnTasteLink {\n    linkId\n    createdAt\n    expiresAt\n  }\n": types.OwnTasteLinkFragmentDoc,
    "\n  mutation UpdateAccount($input: UpdateAccountInput!) {\n    updateAccount(input: $input) {\n      user {\n        userId\n        name\n        sharesRatings\n      }\n    }\n  }\n": types.UpdateAccountDocument,
    "\n  query AdminGate {\n    viewer {\n      userId\n      account {\n        role\n      }\n    }\n  }\n": types.AdminGateDocument,
    "\n  fragment AdminAccount on AccountOverview {\n    userId\n    name\n    email\n    emailConfirmed\n    role\n    sharesRatings\n    ratingCount\n    sessionCount\n    createdAt\n  }\n": types.AdminAccountFragmentDoc,
    "\n  query AdminAccounts($query: String, $first: Int!, $after: String) {\n    admin {\n      accounts(query: $query, first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            ...AdminAccount\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.AdminAccountsDocument,
    "\n  query AdminRoleChanges {\n    roleChanges(first: 20) {\n      changedAt\n      changedBy\n      role\n      user {\n        userId\n        name\n      }\n    }\n  }\n": types.AdminRoleChangesDocument,
    "\n  mutation SetAccountRole($userId: Int!, $role: AccountRole!) {\n    setAccountRole(userId: $userId, role: $role) {\n      ...AdminAccount\n    }\n  }\n": types.SetAccountRoleDocument,
    "\n  mutation EndSessions($userId: Int!) {\n    endSessions(userId: $userId) {\n      ...AdminAccount\n    }\n  }\n": types.EndSessionsDocument,
    "\n  mutation DeleteAccount($userId: Int!) {\n    deleteAccount(userId: $userId)\n  }\n": types.DeleteAccountDocument,
    "\n  query AdminData {\n    admin {\n      catalogue {\n        dataset\n        importedAt\n        movieCount\n        genreCount\n        userCount\n        accountCount\n        appUserCount\n        appMovieCount\n        ratingCount\n        withoutGenresCount\n        withoutYearCount\n        withoutRatingsCount\n        unknownToModelCount\n        placedByContentCount\n      }\n      imports(first: 50) {\n        dataImportId\n        dataset\n        status\n        finishedAt\n        movieCount\n        userCount\n        ratingCount\n        skipped {\n          kind\n          count\n        }\n      }\n    }\n  }\n": types.AdminDataDocument,
    "\n  mutation CreateExport($kind: ExportKind!, $includePrivate: Boolean!) {\n    createExport(kind: $kind, includePrivate: $includePrivate) {\n      kind\n      url\n      expiresAt\n    }\n  }\n": types.CreateExportDocument,
    "\n  fragment AdminExperimentArms on ExperimentReport {\n    arms {\n      arm\n      share\n      userCount\n      finishedCount\n      verdict\n      rate {\n        mean\n        low\n        high\n      }\n      difference {\n        mean\n        low\n        high\n      }\n    }\n  }\n": types.AdminExperimentArmsFragmentDoc,
    "\n  query AdminExperiments {\n    admin {\n      experiments {\n        name\n        firstShownAt\n        lastShownAt\n        arms {\n          arm\n          userCount\n          exposureCount\n        }\n        report {\n          usersNeeded\n          daysMissing\n          isUneven\n          switchedCount\n          withinDays\n          minimumEffect\n          ...AdminExperimentArms\n        }\n      }\n    }\n  }\n": types.AdminExperimentsDocument,
    "\n  fragment AdminBudgets on Budgets {\n    isOn\n    isShared\n    since\n    burst\n    perSecond\n    accountPerSecond\n    keyPerSecond\n    maxCost\n    refusedCount\n    clients {\n      client\n      units\n      refusedCount\n    }\n  }\n": types.AdminBudgetsFragmentDoc,
    "\n  query AdminHealth {\n    admin {\n      health {\n        isReady\n        problems\n        startedAt\n        threadCount\n        memoryBytes\n        requestCount\n        failedRequestCount\n        shedRequestCount\n        meanRequestMs\n        listCount\n        degradedShare\n        steps {\n          step\n          count\n          meanMs\n        }\n        caches {\n          name\n          bytes\n          maxBytes\n        }\n      }\n      budgets {\n        ...AdminBudgets\n      }\n    }\n  }\n": types.AdminHealthDocument,
    "\n  fragment AdminApiKey on ApiKey {\n    keyId\n    name\n    scopes\n    perSecond\n    expiresAt\n    lastUsedAt\n    revokedAt\n  }\n": types.AdminApiKeyFragmentDoc,
    "\n  query AdminKeys {\n    admin {\n      apps {\n        appId\n        name\n        sharesUsers\n        createdAt\n        userCount\n        keys {\n          ...AdminApiKey\n        }\n      }\n    }\n  }\n": types.AdminKeysDocument,
    "\n  mutation CreateApp($input: CreateAppInput!) {\n    createApp(input: $input) {\n      appId\n      name\n    }\n  }\n": types.CreateAppDocument,
    "\n  mutation DeleteApp($appId: ID!) {\n    deleteApp(appId: $appId)\n  }\n": types.DeleteAppDocument,
    "\n  mutation CreateApiKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      secret\n      key {\n        ...AdminApiKey\n      }\n    }\n  }\n": types.CreateApiKeyDocument,
    "\n  mutation RotateApiKey($keyId: ID!, $overlapSeconds: Int!) {\n    rotateApiKey(keyId: $keyId, overlapSeconds: $overlapSeconds) {\n      secret\n      key {\n        ...AdminApiKey\n      }\n    }\n  }\n": types.RotateApiKeyDocument,
    "\n  mutation RevokeApiKey($keyId: ID!) {\n    revokeApiKey(keyId: $keyId) {\n      ...AdminApiKey\n    }\n  }\n": types.RevokeApiKeyDocument,
    "\n  fragment AdminModelVersion on ModelVersion {\n    version\n    state\n    isServing\n    trainedAt\n    recipe\n    dataset\n    ratingCount\n    userCount\n    movieCount\n    protocol\n    protocolName\n    evaluatedUserCount\n    problem\n    metrics {\n      name\n      ...MetricTable\n    }\n    gate {\n      decision\n      isForced\n      reasons\n      candidate\n      popularity\n      serving\n      servingVersion\n      userCount\n    }\n  }\n": types.AdminModelVersionFragmentDoc,
    "\n  query AdminModels {\n    admin {\n      models(first: 50) {\n        ...AdminModelVersion\n      }\n    }\n  }\n": types.AdminModelsDocument,
    "\n  mutation PublishModel($version: String!) {\n    publishModel(version: $version) {\n      ...AdminModelVersion\n    }\n  }\n": types.PublishModelDocument,
    "\n  mutation RollbackModel {\n    rollbackModel {\n      ...AdminModelVersion\n    }\n  }\n": types.RollbackModelDocument,
    "\n  query AdminOverview {\n    admin {\n      health {\n        isReady\n        problems\n        startedAt\n        requestCount\n        failedRequestCount\n        shedRequestCount\n        meanRequestMs\n        listCount\n        degradedShare\n        modelVersion\n        dataset\n      }\n      catalogue {\n        movieCount\n        userCount\n        accountCount\n        ratingCount\n      }\n    }\n  }\n": types.AdminOverviewDocument,
    "\n  query AdminCoverage {\n    admin {\n      coverage {\n        since\n        shownCount\n        shownMovieCount\n        movieCount\n        share\n        gini\n        meanPopularityRank\n        headShare\n        headShareOfRatings\n      }\n    }\n  }\n": types.AdminCoverageDocument,
    "\n  query AdminWebhooks {\n    admin {\n      webhooks {\n        webhookId\n        url\n        events\n        createdAt\n        pendingCount\n        failedCount\n        lastAttemptAt\n        lastStatus\n        lastProblem\n      }\n    }\n  }\n": types.AdminWebhooksDocument,
    "\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) {\n      secret\n      webhook {\n        webhookId\n        url\n      }\n    }\n  }\n": types.CreateWebhookDocument,
    "\n  mutation DeleteWebhook($webhookId: ID!) {\n    deleteWebhook(webhookId: $webhookId)\n  }\n": types.DeleteWebhookDocument,
    "\n  query GenrePage($genre: String!) {\n    genres {\n      ...GenreChip\n    }\n    genre(name: $genre) {\n      name\n      movieCount\n    }\n  }\n": types.GenrePageDocument,
    "\n  fragment ComparedGenre on GenreComparison {\n    genre {\n      name\n    }\n    ratingCount\n    otherRatingCount\n    averageRating\n    otherAverageRating\n  }\n": types.ComparedGenreFragmentDoc,
    "\n  fragment ComparedUser on User {\n    userId\n    name\n    ratingCount\n  }\n": types.ComparedUserFragmentDoc,
    "\n  fragment RatingPair on RatingPair {\n    rating\n    otherRating\n    movie {\n      ...MovieCard\n    }\n  }\n": types.RatingPairFragmentDoc,
    "\n  query Comparison($one: Int!, $other: Int!, $first: Int!, $members: [RecommendForInput!]!) {\n    one: user(userId: $one) {\n      ...ComparedUser\n    }\n    other: user(userId: $other) {\n      ...ComparedUser\n    }\n    compareUsers(userId: $one, otherUserId: $other, first: $first) {\n      similarity\n      commonCount\n      agreements {\n        ...RatingPair\n      }\n      disagreements {\n        ...RatingPair\n      }\n      genres {\n        ...ComparedGenre\n      }\n    }\n    recommendForGroup(members: $members, first: 12) {\n      nodes {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n": types.ComparisonDocument,
    "\n  query ExploreMap($first: Int!, $after: String) {\n    movieMap(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        x\n        y\n        movie {\n          movieId\n          title\n          releaseYear\n          ratingCount\n          genres {\n            name\n          }\n        }\n      }\n    }\n  }\n": types.ExploreMapDocument,
    "\n  query ExploreOwnFilms($after: String) {\n    viewer {\n      userId\n      ratings(first: 100, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          node {\n            movie {\n              movieId\n            }\n          }\n        }\n      }\n    }\n  }\n": types.ExploreOwnFilmsDocument,
    "\n  query Films($filter: MovieFilter, $orderBy: MovieOrder!, $first: Int!, $skip: Int!) {\n    films: movies(filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {\n      ...FilmPage\n    }\n  }\n": types.FilmsDocument,
    "\n  query FoundFilms(\n    $query: String!\n    $filter: MovieFilter\n    $orderBy: MovieSearchOrder!\n    $first: Int!\n    $skip: Int!\n  ) {\n    films: movieSearch(query: $query, filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {\n      ...FilmPage\n    }\n  }\n": types.FoundFilmsDocument,
    "\n  fragment FilmPage on MovieConnection {\n    edges {\n      node {\n        ...MovieCard\n      }\n    }\n    totalCount\n  }\n": types.FilmPageFragmentDoc,
    "\n  query AllGenres {\n    genres {\n      ...GenreChip\n    }\n  }\n": types.AllGenresDocument,
    "\n  query SendsMail {\n    sendsMail\n  }\n": types.SendsMailDocument,
    "\n  query GroupFilms(\n    $members: [RecommendForInput!]!\n    $tokens: [String!]!\n    $strategy: GroupStrategy!\n    $first: Int!\n    $after: String\n  ) {\n    recommendForGroup(\n      members: $members\n      tasteTokens: $tokens\n      strategy: $strategy\n      first: $first\n      after: $after\n    ) {\n      edges {\n        cursor\n        node {\n          ...GroupFilm\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      served {\n        ...DegradedNotice\n        ...NothingLeft\n      }\n    }\n  }\n": types.GroupFilmsDocument,
    "\n  fragment GroupFilm on GroupRecommendation {\n    movie {\n      ...MovieCard\n    }\n    members {\n      member\n      likes\n    }\n  }\n": types.GroupFilmFragmentDoc,
    "\n  mutation CreateTasteLink($ratings: [RatingInput!], $name: String) {\n    createTasteLink(ratings: $ratings, name: $name) {\n      token\n      link {\n        ...OwnTasteLink\n      }\n    }\n  }\n": types.CreateTasteLinkDocument,
    "\n  query MemberName($userId: Int!) {\n    user(userId: $userId) {\n      userId\n      name\n      sharesRatings\n    }\n  }\n": types.MemberNameDocument,
    "\n  query TasteLinks($tokens: [String!]!) {\n    tasteLinks(tokens: $tokens) {\n      name\n      expiresAt\n      isOwn\n    }\n  }\n": types.TasteLinksDocument,
    "\n  mutation RevokeTasteLink($linkId: String!) {\n    revokeTasteLink(linkId: $linkId)\n  }\n": types.RevokeTasteLinkDocument,
    "\n  query SurprisingFilm($movieId: Int!) {\n    movie(movieId: $movieId) {\n      ...MovieCard\n    }\n  }\n": types.SurprisingFilmDocument,
    "\n  query HomePage {\n    genres {\n      name\n      movieCount\n    }\n    dataset {\n      name\n      movieCount\n      ratingCount\n    }\n    model {\n      version\n    }\n  }\n": types.HomePageDocument,
    "\n  query ViewerHome {\n    viewer {\n      userId\n      ratings(first: 50) {\n        edges {\n          cursor\n          node {\n            rating\n            movie {\n              movieId\n              title\n              releaseYear\n              genres {\n                name\n              }\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n      watchlist(first: 20) {\n        edges {\n          cursor\n          node {\n            movieId\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.ViewerHomeDocument,
    "\n  fragment ForYouList on RecommendationConnection {\n    edges {\n      cursor\n      node {\n        ...Recommended\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    served {\n      ranker\n      ratingsRevision\n      ...DegradedNotice\n      ...NothingLeft\n    }\n  }\n": types.ForYouListFragmentDoc,
    "\n  query ForYou($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {\n    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 20) {\n      ...ForYouList\n    }\n  }\n": types.ForYouDocument,
    "\n  query ViewerForYou($filter: MovieFilter, $diversity: Float!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, diversity: $diversity, first: 20) {\n        ...ForYouList\n      }\n    }\n  }\n": types.ViewerForYouDocument,
    "\n  query PickerPool($perDecade: Int!) {\n    until1959: movies(filter: { yearTo: 1959 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    sixties: movies(filter: { yearFrom: 1960, yearTo: 1969 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    seventies: movies(\n      filter: { yearFrom: 1970, yearTo: 1979 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    eighties: movies(\n      filter: { yearFrom: 1980, yearTo: 1989 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    nineties: movies(\n      filter: { yearFrom: 1990, yearTo: 1999 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    noughties: movies(\n      filter: { yearFrom: 2000, yearTo: 2009 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    tens: movies(filter: { yearFrom: 2010, yearTo: 2019 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    since2020: movies(filter: { yearFrom: 2020 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n  }\n\n  fragment PickerFilms on MovieConnection {\n    edges {\n      cursor\n      node {\n        ...PickerFilm\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.PickerPoolDocument,
    "\n  fragment MarkedFilm on Movie {\n    ...MovieCard\n    viewerRating\n    isDismissed\n  }\n": types.MarkedFilmFragmentDoc,
    "\n  query HomeMoviesRow($filter: MovieFilter, $orderBy: MovieOrder!) {\n    movies(filter: $filter, orderBy: $orderBy, first: 40) {\n      edges {\n        cursor\n        node {\n          ...MovieCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.HomeMoviesRowDocument,
    "\n  query HomePopularRow {\n    popularNow(first: 60) {\n      ...MovieCard\n    }\n  }\n": types.HomePopularRowDocument,
    "\n  query HomeViewerPopularRow {\n    popularNow(first: 60) {\n      ...MarkedFilm\n    }\n  }\n": types.HomeViewerPopularRowDocument,
    "\n  query HomeSimilarRow($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 60) {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n": types.HomeSimilarRowDocument,
    "\n  query HomeViewerSimilarRow($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 60) {\n        movie {\n          ...MarkedFilm\n        }\n      }\n    }\n  }\n": types.HomeViewerSimilarRowDocument,
    "\n  query HomeTasteRow($ratings: [RatingInput!]!, $filter: MovieFilter!) {\n    recommendFor(ratings: $ratings, filter: $filter, first: 40) {\n      edges {\n        cursor\n        node {\n          ...Recommended\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.HomeTasteRowDocument,
    "\n  query HomeViewerRow($filter: MovieFilter!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, first: 40) {\n        edges {\n          cursor\n          node {\n            ...Recommended\n            movie {\n              ...MarkedFilm\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        served {\n          ratingsRevision\n        }\n      }\n    }\n  }\n": types.HomeViewerRowDocument,
    "\n  query HomeWatchlistRow {\n    viewer {\n      userId\n      watchlist(first: 20) {\n        edges {\n          cursor\n          node {\n            ...MarkedFilm\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.HomeWatchlistRowDocument,
    "\n  query Surprise($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {\n    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 100) {\n      nodes {\n        score\n        movie {\n          movieId\n        }\n      }\n    }\n  }\n": types.SurpriseDocument,
    "\n  query ViewerSurprise($filter: MovieFilter, $diversity: Float!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, diversity: $diversity, first: 100) {\n        nodes {\n          score\n          movie {\n            movieId\n          }\n        }\n      }\n    }\n  }\n": types.ViewerSurpriseDocument,
    "\n  fragment CastMember on CastMember {\n    character\n    person {\n      ...PersonCard\n    }\n  }\n": types.CastMemberFragmentDoc,
    "\n  query MovieDetails($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      # A page that was kept may be older than the poster.\n      posterUrl\n      details {\n        overview\n        tagline\n        runtimeMinutes\n        trailerYoutubeId\n        watchCountries\n        directors {\n          ...PersonLink\n        }\n        cast(first: 12) {\n          ...CastMember\n        }\n      }\n    }\n  }\n": types.MovieDetailsDocument,
    "\n  fragment MovieFacts on Movie {\n    hasDetails\n    imdbUrl\n    tmdbUrl\n    overview\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n": types.MovieFactsFragmentDoc,
    "\n  fragment Fan on User {\n    userId\n    name\n    ratingCount\n  }\n": types.FanFragmentDoc,
    "\n  fragment CachedCard on Movie {\n    ...MovieCard\n  }\n": types.CachedCardFragmentDoc,
    "\n  query MoviePage($movieId: Int!) {\n    movie(movieId: $movieId) {\n      ...MovieCard\n      ...MovieFacts\n      tags(first: 16) {\n        ...MovieTagLink\n      }\n      fans(first: 6) {\n        ...Fan\n      }\n    }\n  }\n": types.MoviePageDocument,
    "\n  query SimilarMovies($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 18) {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n": types.SimilarMoviesDocument,
    "\n  fragment MovieTagLink on MovieTag {\n    tag\n    count\n  }\n": types.MovieTagLinkFragmentDoc,
    "\n  query WhereToWatch($movieId: Int!, $country: String!) {\n    movie(movieId: $movieId) {\n      movieId\n      details {\n        whereToWatch(country: $country) {\n          kind\n          service\n        }\n      }\n    }\n  }\n": types.WhereToWatchDocument,
    "\n  query MyRatings(\n    $userId: Int!\n    $orderBy: RatingOrder!\n    $filter: RatingFilter\n    $first: Int!\n    $after: String\n  ) {\n    user(userId: $userId) {\n      userId\n      ratings(orderBy: $orderBy, filter: $filter, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...OwnRating\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n    genres {\n      name\n    }\n  }\n": types.MyRatingsDocument,
    "\n  fragment OwnRating on Rating {\n    rating\n    ratedAt\n    movie {\n      ...MovieCard\n    }\n  }\n": types.OwnRatingFragmentDoc,
    "\n  query MyImports {\n    myImports {\n      importId\n      startedAt\n      undoneAt\n      ratingCount\n    }\n  }\n": types.MyImportsDocument,
    "\n  query MatchFilms($films: [MovieRowInput!]!) {\n    matchMovies(rows: $films) {\n      movie {\n        movieId\n        title\n        releaseYear\n      }\n      candidates {\n        movie {\n          movieId\n          title\n          releaseYear\n        }\n      }\n    }\n  }\n": types.MatchFilmsDocument,
    "\n  mutation ImportMyRatings($importId: String!, $ownRatings: [ImportedRatingInput!]!) {\n    importMyRatings(importId: $importId, rows: $ownRatings) {\n      rows {\n        movieId\n        outcome\n      }\n      user {\n        userId\n        ratingCount\n      }\n    }\n  }\n": types.ImportMyRatingsDocument,
    "\n  mutation UndoMyImport($importId: String!) {\n    undoMyImport(importId: $importId) {\n      restoredCount\n      keptCount\n      user {\n        userId\n        ratingCount\n      }\n    }\n  }\n": types.UndoMyImportDocument,
    "\n  query PeopleFound($query: String!) {\n    searchPeople(query: $query, first: 6) {\n      ...PersonCard\n      knownFor\n    }\n  }\n": types.PeopleFoundDocument,
    "\n  query PersonPage($personId: Int!) {\n    person(personId: $personId) {\n      ...PersonCard\n      knownFor\n      biography\n      tmdbUrl\n      movies(first: 100) {\n        roles\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n": types.PersonPageDocument,
    "\n  fragment PersonCard on Person {\n    personId\n    name\n    photoUrl\n  }\n": types.PersonCardFragmentDoc,
    "\n  fragment PersonLink on Person {\n    personId\n    name\n  }\n": types.PersonLinkFragmentDoc,
    "\n  query PersonPredictions($movieIds: [Int!]) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerPrediction\n    }\n  }\n": types.PersonPredictionsDocument,
    "\n  mutation ConfirmEmail($token: String!) {\n    confirmEmail(token: $token)\n  }\n": types.ConfirmEmailDocument,
    "\n  mutation RequestPasswordReset($email: String!) {\n    requestPasswordReset(email: $email)\n  }\n": types.RequestPasswordResetDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input)\n  }\n": types.ResetPasswordDocument,
    "\n  fragment SignedIn on AuthPayload {\n    token\n    expiresAt\n    refreshToken\n    user {\n      userId\n      name\n    }\n  }\n": types.SignedInFragmentDoc,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      ...SignedIn\n    }\n  }\n": types.SignInDocument,
    "\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) {\n      ...SignedIn\n    }\n  }\n": types.SignUpDocument,
    "\n  query TagPage($tag: String!, $first: Int!, $after: String) {\n    moviesByTag(tag: $tag, first: $first, after: $after) {\n      totalCount\n      edges {\n        cursor\n        node {\n          ...MovieCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.TagPageDocument,
    "\n  query UserRecommendations(\n    $userId: Int!\n    $first: Int!\n    $after: String\n    $filter: MovieFilter\n    $diversity: Float!\n  ) {\n    user(userId: $userId) {\n      userId\n      recommendations(first: $first, after: $after, filter: $filter, diversity: $diversity) {\n        edges {\n          cursor\n          node {\n            ...Recommended\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        served {\n          ranker\n          ratingsRevision\n          ...DegradedNotice\n          ...NothingLeft\n        }\n      }\n    }\n  }\n": types.UserRecommendationsDocument,
    "\n  fragment UserStatistics on User {\n    ratingCount\n    averageRating\n    highestRating\n    lowestRating\n    favouriteGenre {\n      name\n    }\n    genreProfile {\n      ...GenreProfile\n    }\n  }\n": types.UserStatisticsFragmentDoc,
    "\n  query UserWatched($userId: Int!, $orderBy: RatingOrder!, $first: Int!, $after: String) {\n    user(userId: $userId) {\n      userId\n      ratings(orderBy: $orderBy, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            rating\n            ratedAt\n            movie {\n              ...MovieCard\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": types.UserWatchedDocument,
    "\n  query UserPage($userId: Int!) {\n    user(userId: $userId) {\n      userId\n      name\n      sharesRatings\n      ...UserStatistics\n    }\n    genres {\n      name\n    }\n  }\n": types.UserPageDocument,
    "\n  fragment ListedUser on User {\n    ...UserCard\n    favouriteGenre {\n      name\n    }\n  }\n": types.ListedUserFragmentDoc,
    "\n  query UsersPage($orderBy: UserOrder!, $first: Int!, $after: String) {\n    users(orderBy: $orderBy, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          ...ListedUser\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n": types.UsersPageDocument,
    "\n  query WatchlistPage($first: Int!, $after: String) {\n    viewer {\n      userId\n      watchlist(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...MovieCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": types.WatchlistPageDocument,
    "\n  query SearchSuggestions($query: String!) {\n    searchMovies(query: $query, first: 8) {\n      movieId\n      title\n      releaseYear\n      genres {\n        name\n      }\n    }\n  }\n": types.SearchSuggestionsDocument,
    "\n  query AdminLink {\n    viewer {\n      userId\n      account {\n        role\n      }\n    }\n  }\n": types.AdminLinkDocument,
    "\n  mutation SignOut($refreshToken: String) {\n    signOut(refreshToken: $refreshToken)\n  }\n": types.SignOutDocument,
    "\n  fragment RatedMovie on Movie {\n    movieId\n    viewerRating\n    ratingCount\n    averageRating\n    weightedRating\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n": types.RatedMovieFragmentDoc,
    "\n  fragment RatingUser on User {\n    userId\n    ratingCount\n    averageRating\n  }\n": types.RatingUserFragmentDoc,
    "\n  mutation RateMovie($input: RateMovieInput!) {\n    rateMovie(input: $input) {\n      movie {\n        ...RatedMovie\n      }\n      user {\n        ...RatingUser\n      }\n    }\n  }\n": types.RateMovieDocument,
    "\n  mutation UnrateMovie($input: UnrateMovieInput!) {\n    unrateMovie(input: $input) {\n      movie {\n        ...RatedMovie\n      }\n      user {\n        ...RatingUser\n      }\n    }\n  }\n": types.UnrateMovieDocument,
    "\n  fragment PickerFilm on Movie {\n    ...MovieCard\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n": types.PickerFilmFragmentDoc,
    "\n  subscription TrainingChanged {\n    trainingChanged {\n      ...TrainingState\n    }\n  }\n": types.TrainingChangedDocument,
    "\n  fragment TrainingState on Training {\n    isRunning\n    stage\n    share\n    secondsLeft\n    modelVersion\n  }\n": types.TrainingStateFragmentDoc,
    "\n  query Training {\n    training {\n      ...TrainingState\n    }\n  }\n": types.TrainingDocument,
    "\n  query RatedAlready($movieIds: [Int!]!) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerRating\n    }\n  }\n": types.RatedAlreadyDocument,
    "\n  mutation CarryRatings($ratings: [RatingInput!]!) {\n    rateMovies(ratings: $ratings) {\n      user {\n        ...RatingUser\n      }\n    }\n  }\n": types.CarryRatingsDocument,
    "\n  query CardMarks($movieIds: [Int!]!) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerRating\n      viewerPrediction\n      isDismissed\n      isOnWatchlist\n    }\n  }\n": types.CardMarksDocument,
    "\n  query Dismissed {\n    viewer {\n      userId\n      ratingsRevision\n      dismissedMovies(first: 100) {\n        edges {\n          node {\n            movieId\n          }\n        }\n      }\n    }\n  }\n": types.DismissedDocument,
    "\n  mutation DismissMovie($movieId: Int!) {\n    dismissMovie(movieId: $movieId) {\n      movie {\n        movieId\n        isDismissed\n      }\n    }\n  }\n": types.DismissMovieDocument,
    "\n  mutation RestoreMovie($movieId: Int!) {\n    restoreMovie(movieId: $movieId) {\n      movie {\n        movieId\n        isDismissed\n      }\n    }\n  }\n": types.RestoreMovieDocument,
    "\n  mutation AddToWatchlist($movieId: Int!) {\n    addToWatchlist(movieId: $movieId) {\n      movie {\n        movieId\n        isOnWatchlist\n      }\n    }\n  }\n": types.AddToWatchlistDocument,
    "\n  mutation RemoveFromWatchlist($movieId: Int!) {\n    removeFromWatchlist(movieId: $movieId) {\n      movie {\n        movieId\n        isOnWatchlist\n      }\n    }\n  }\n": types.RemoveFromWatchlistDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Shell {\n    dataset {\n      name\n      isSynthetic\n    }\n    model {\n      ...ModelBadge\n    }\n  }\n"): (typeof documents)["\n  query Shell {\n    dataset {\n      name\n      isSynthetic\n    }\n    model {\n      ...ModelBadge\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GenreChip on Genre {\n    name\n  }\n"): (typeof documents)["\n  fragment GenreChip on Genre {\n    name\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GenreProfile on GenreShare {\n    genre {\n      name\n    }\n    ratingCount\n    averageRating\n  }\n"): (typeof documents)["\n  fragment GenreProfile on GenreShare {\n    genre {\n      name\n    }\n    ratingCount\n    averageRating\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MetricTable on Metric {\n    name\n    value\n    baseline\n  }\n"): (typeof documents)["\n  fragment MetricTable on Metric {\n    name\n    value\n    baseline\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieCard on Movie {\n    movieId\n    title\n    releaseYear\n    genres {\n      name\n    }\n    posterUrl\n    averageRating\n    weightedRating\n    ratingCount\n  }\n"): (typeof documents)["\n  fragment MovieCard on Movie {\n    movieId\n    title\n    releaseYear\n    genres {\n      name\n    }\n    posterUrl\n    averageRating\n    weightedRating\n    ratingCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Recommended on Recommendation {\n    movie {\n      ...MovieCard\n    }\n    reasons {\n      ...Reason\n    }\n  }\n"): (typeof documents)["\n  fragment Recommended on Recommendation {\n    movie {\n      ...MovieCard\n    }\n    reasons {\n      ...Reason\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Reason on RecommendationReason {\n    weight\n    movie {\n      movieId\n      title\n      releaseYear\n    }\n  }\n"): (typeof documents)["\n  fragment Reason on RecommendationReason {\n    weight\n    movie {\n      movieId\n      title\n      releaseYear\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ModelBadge on Model {\n    version\n    recipe\n    trainedAt\n  }\n"): (typeof documents)["\n  fragment ModelBadge on Model {\n    version\n    recipe\n    trainedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DegradedNotice on Served {\n    degraded\n    popularityReason\n  }\n"): (typeof documents)["\n  fragment DegradedNotice on Served {\n    degraded\n    popularityReason\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment NothingLeft on Served {\n    emptyReason\n  }\n"): (typeof documents)["\n  fragment NothingLeft on Served {\n    emptyReason\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RatingHistogram on RatingBucket {\n    rating\n    count\n  }\n"): (typeof documents)["\n  fragment RatingHistogram on RatingBucket {\n    rating\n    count\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserCard on User {\n    userId\n    name\n    sharesRatings\n    ratingCount\n    averageRating\n  }\n"): (typeof documents)["\n  fragment UserCard on User {\n    userId\n    name\n    sharesRatings\n    ratingCount\n    averageRating\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RecommendationsChanged {\n    recommendationsChanged(first: 20) {\n      nodes {\n        score\n        movie {\n          movieId\n        }\n      }\n      served {\n        modelVersion\n        ratingsRevision\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription RecommendationsChanged {\n    recommendationsChanged(first: 20) {\n      nodes {\n        score\n        movie {\n          movieId\n        }\n      }\n      served {\n        modelVersion\n        ratingsRevision\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AboutPage {\n    dataset {\n      name\n      isSynthetic\n      movieCount\n    }\n    model {\n      version\n      trainedAt\n      dataset\n      recipe\n      ratingCount\n      userCount\n      movieCount\n      protocol\n      protocolName\n      evaluatedUserCount\n      metrics {\n        name\n        ...MetricTable\n      }\n    }\n  }\n"): (typeof documents)["\n  query AboutPage {\n    dataset {\n      name\n      isSynthetic\n      movieCount\n    }\n    model {\n      version\n      trainedAt\n      dataset\n      recipe\n      ratingCount\n      userCount\n      movieCount\n      protocol\n      protocolName\n      evaluatedUserCount\n      metrics {\n        name\n        ...MetricTable\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccountPage {\n    viewer {\n      userId\n      name\n      sharesRatings\n      account {\n        ...OwnEmail\n      }\n    }\n    myTasteLinks {\n      ...OwnTasteLink\n    }\n  }\n"): (typeof documents)["\n  query AccountPage {\n    viewer {\n      userId\n      name\n      sharesRatings\n      account {\n        ...OwnEmail\n      }\n    }\n    myTasteLinks {\n      ...OwnTasteLink\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExportMyData($format: ExportFormat!) {\n    exportMyData(format: $format) {\n      fileName\n      mediaType\n      content\n    }\n  }\n"): (typeof documents)["\n  query ExportMyData($format: ExportFormat!) {\n    exportMyData(format: $format) {\n      fileName\n      mediaType\n      content\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteMyAccount($password: String!) {\n    deleteMyAccount(password: $password)\n  }\n"): (typeof documents)["\n  mutation DeleteMyAccount($password: String!) {\n    deleteMyAccount(password: $password)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      ...SignedIn\n    }\n  }\n"): (typeof documents)["\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      ...SignedIn\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOutEverywhere {\n    signOutEverywhere\n  }\n"): (typeof documents)["\n  mutation SignOutEverywhere {\n    signOutEverywhere\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OwnEmail on Account {\n    email\n    emailConfirmed\n  }\n"): (typeof documents)["\n  fragment OwnEmail on Account {\n    email\n    emailConfirmed\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RequestEmailConfirmation {\n    requestEmailConfirmation\n  }\n"): (typeof documents)["\n  mutation RequestEmailConfirmation {\n    requestEmailConfirmation\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OwnTasteLink on OwnTasteLink {\n    linkId\n    createdAt\n    expiresAt\n  }\n"): (typeof documents)["\n  fragment OwnTasteLink on OwnTasteLink {\n    linkId\n    createdAt\n    expiresAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateAccount($input: UpdateAccountInput!) {\n    updateAccount(input: $input) {\n      user {\n        userId\n        name\n        sharesRatings\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateAccount($input: UpdateAccountInput!) {\n    updateAccount(input: $input) {\n      user {\n        userId\n        name\n        sharesRatings\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminGate {\n    viewer {\n      userId\n      account {\n        role\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminGate {\n    viewer {\n      userId\n      account {\n        role\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AdminAccount on AccountOverview {\n    userId\n    name\n    email\n    emailConfirmed\n    role\n    sharesRatings\n    ratingCount\n    sessionCount\n    createdAt\n  }\n"): (typeof documents)["\n  fragment AdminAccount on AccountOverview {\n    userId\n    name\n    email\n    emailConfirmed\n    role\n    sharesRatings\n    ratingCount\n    sessionCount\n    createdAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminAccounts($query: String, $first: Int!, $after: String) {\n    admin {\n      accounts(query: $query, first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            ...AdminAccount\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminAccounts($query: String, $first: Int!, $after: String) {\n    admin {\n      accounts(query: $query, first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            ...AdminAccount\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminRoleChanges {\n    roleChanges(first: 20) {\n      changedAt\n      changedBy\n      role\n      user {\n        userId\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminRoleChanges {\n    roleChanges(first: 20) {\n      changedAt\n      changedBy\n      role\n      user {\n        userId\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetAccountRole($userId: Int!, $role: AccountRole!) {\n    setAccountRole(userId: $userId, role: $role) {\n      ...AdminAccount\n    }\n  }\n"): (typeof documents)["\n  mutation SetAccountRole($userId: Int!, $role: AccountRole!) {\n    setAccountRole(userId: $userId, role: $role) {\n      ...AdminAccount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndSessions($userId: Int!) {\n    endSessions(userId: $userId) {\n      ...AdminAccount\n    }\n  }\n"): (typeof documents)["\n  mutation EndSessions($userId: Int!) {\n    endSessions(userId: $userId) {\n      ...AdminAccount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteAccount($userId: Int!) {\n    deleteAccount(userId: $userId)\n  }\n"): (typeof documents)["\n  mutation DeleteAccount($userId: Int!) {\n    deleteAccount(userId: $userId)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminData {\n    admin {\n      catalogue {\n        dataset\n        importedAt\n        movieCount\n        genreCount\n        userCount\n        accountCount\n        appUserCount\n        appMovieCount\n        ratingCount\n        withoutGenresCount\n        withoutYearCount\n        withoutRatingsCount\n        unknownToModelCount\n        placedByContentCount\n      }\n      imports(first: 50) {\n        dataImportId\n        dataset\n        status\n        finishedAt\n        movieCount\n        userCount\n        ratingCount\n        skipped {\n          kind\n          count\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminData {\n    admin {\n      catalogue {\n        dataset\n        importedAt\n        movieCount\n        genreCount\n        userCount\n        accountCount\n        appUserCount\n        appMovieCount\n        ratingCount\n        withoutGenresCount\n        withoutYearCount\n        withoutRatingsCount\n        unknownToModelCount\n        placedByContentCount\n      }\n      imports(first: 50) {\n        dataImportId\n        dataset\n        status\n        finishedAt\n        movieCount\n        userCount\n        ratingCount\n        skipped {\n          kind\n          count\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateExport($kind: ExportKind!, $includePrivate: Boolean!) {\n    createExport(kind: $kind, includePrivate: $includePrivate) {\n      kind\n      url\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  mutation CreateExport($kind: ExportKind!, $includePrivate: Boolean!) {\n    createExport(kind: $kind, includePrivate: $includePrivate) {\n      kind\n      url\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AdminExperimentArms on ExperimentReport {\n    arms {\n      arm\n      share\n      userCount\n      finishedCount\n      verdict\n      rate {\n        mean\n        low\n        high\n      }\n      difference {\n        mean\n        low\n        high\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment AdminExperimentArms on ExperimentReport {\n    arms {\n      arm\n      share\n      userCount\n      finishedCount\n      verdict\n      rate {\n        mean\n        low\n        high\n      }\n      difference {\n        mean\n        low\n        high\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminExperiments {\n    admin {\n      experiments {\n        name\n        firstShownAt\n        lastShownAt\n        arms {\n          arm\n          userCount\n          exposureCount\n        }\n        report {\n          usersNeeded\n          daysMissing\n          isUneven\n          switchedCount\n          withinDays\n          minimumEffect\n          ...AdminExperimentArms\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminExperiments {\n    admin {\n      experiments {\n        name\n        firstShownAt\n        lastShownAt\n        arms {\n          arm\n          userCount\n          exposureCount\n        }\n        report {\n          usersNeeded\n          daysMissing\n          isUneven\n          switchedCount\n          withinDays\n          minimumEffect\n          ...AdminExperimentArms\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AdminBudgets on Budgets {\n    isOn\n    isShared\n    since\n    burst\n    perSecond\n    accountPerSecond\n    keyPerSecond\n    maxCost\n    refusedCount\n    clients {\n      client\n      units\n      refusedCount\n    }\n  }\n"): (typeof documents)["\n  fragment AdminBudgets on Budgets {\n    isOn\n    isShared\n    since\n    burst\n    perSecond\n    accountPerSecond\n    keyPerSecond\n    maxCost\n    refusedCount\n    clients {\n      client\n      units\n      refusedCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminHealth {\n    admin {\n      health {\n        isReady\n        problems\n        startedAt\n        threadCount\n        memoryBytes\n        requestCount\n        failedRequestCount\n        shedRequestCount\n        meanRequestMs\n        listCount\n        degradedShare\n        steps {\n          step\n          count\n          meanMs\n        }\n        caches {\n          name\n          bytes\n          maxBytes\n        }\n      }\n      budgets {\n        ...AdminBudgets\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminHealth {\n    admin {\n      health {\n        isReady\n        problems\n        startedAt\n        threadCount\n        memoryBytes\n        requestCount\n        failedRequestCount\n        shedRequestCount\n        meanRequestMs\n        listCount\n        degradedShare\n        steps {\n          step\n          count\n          meanMs\n        }\n        caches {\n          name\n          bytes\n          maxBytes\n        }\n      }\n      budgets {\n        ...AdminBudgets\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AdminApiKey on ApiKey {\n    keyId\n    name\n    scopes\n    perSecond\n    expiresAt\n    lastUsedAt\n    revokedAt\n  }\n"): (typeof documents)["\n  fragment AdminApiKey on ApiKey {\n    keyId\n    name\n    scopes\n    perSecond\n    expiresAt\n    lastUsedAt\n    revokedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminKeys {\n    admin {\n      apps {\n        appId\n        name\n        sharesUsers\n        createdAt\n        userCount\n        keys {\n          ...AdminApiKey\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminKeys {\n    admin {\n      apps {\n        appId\n        name\n        sharesUsers\n        createdAt\n        userCount\n        keys {\n          ...AdminApiKey\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateApp($input: CreateAppInput!) {\n    createApp(input: $input) {\n      appId\n      name\n    }\n  }\n"): (typeof documents)["\n  mutation CreateApp($input: CreateAppInput!) {\n    createApp(input: $input) {\n      appId\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteApp($appId: ID!) {\n    deleteApp(appId: $appId)\n  }\n"): (typeof documents)["\n  mutation DeleteApp($appId: ID!) {\n    deleteApp(appId: $appId)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateApiKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      secret\n      key {\n        ...AdminApiKey\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateApiKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      secret\n      key {\n        ...AdminApiKey\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateApiKey($keyId: ID!, $overlapSeconds: Int!) {\n    rotateApiKey(keyId: $keyId, overlapSeconds: $overlapSeconds) {\n      secret\n      key {\n        ...AdminApiKey\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RotateApiKey($keyId: ID!, $overlapSeconds: Int!) {\n    rotateApiKey(keyId: $keyId, overlapSeconds: $overlapSeconds) {\n      secret\n      key {\n        ...AdminApiKey\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeApiKey($keyId: ID!) {\n    revokeApiKey(keyId: $keyId) {\n      ...AdminApiKey\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeApiKey($keyId: ID!) {\n    revokeApiKey(keyId: $keyId) {\n      ...AdminApiKey\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AdminModelVersion on ModelVersion {\n    version\n    state\n    isServing\n    trainedAt\n    recipe\n    dataset\n    ratingCount\n    userCount\n    movieCount\n    protocol\n    protocolName\n    evaluatedUserCount\n    problem\n    metrics {\n      name\n      ...MetricTable\n    }\n    gate {\n      decision\n      isForced\n      reasons\n      candidate\n      popularity\n      serving\n      servingVersion\n      userCount\n    }\n  }\n"): (typeof documents)["\n  fragment AdminModelVersion on ModelVersion {\n    version\n    state\n    isServing\n    trainedAt\n    recipe\n    dataset\n    ratingCount\n    userCount\n    movieCount\n    protocol\n    protocolName\n    evaluatedUserCount\n    problem\n    metrics {\n      name\n      ...MetricTable\n    }\n    gate {\n      decision\n      isForced\n      reasons\n      candidate\n      popularity\n      serving\n      servingVersion\n      userCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminModels {\n    admin {\n      models(first: 50) {\n        ...AdminModelVersion\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminModels {\n    admin {\n      models(first: 50) {\n        ...AdminModelVersion\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PublishModel($version: String!) {\n    publishModel(version: $version) {\n      ...AdminModelVersion\n    }\n  }\n"): (typeof documents)["\n  mutation PublishModel($version: String!) {\n    publishModel(version: $version) {\n      ...AdminModelVersion\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RollbackModel {\n    rollbackModel {\n      ...AdminModelVersion\n    }\n  }\n"): (typeof documents)["\n  mutation RollbackModel {\n    rollbackModel {\n      ...AdminModelVersion\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminOverview {\n    admin {\n      health {\n        isReady\n        problems\n        startedAt\n        requestCount\n        failedRequestCount\n        shedRequestCount\n        meanRequestMs\n        listCount\n        degradedShare\n        modelVersion\n        dataset\n      }\n      catalogue {\n        movieCount\n        userCount\n        accountCount\n        ratingCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminOverview {\n    admin {\n      health {\n        isReady\n        problems\n        startedAt\n        requestCount\n        failedRequestCount\n        shedRequestCount\n        meanRequestMs\n        listCount\n        degradedShare\n        modelVersion\n        dataset\n      }\n      catalogue {\n        movieCount\n        userCount\n        accountCount\n        ratingCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminCoverage {\n    admin {\n      coverage {\n        since\n        shownCount\n        shownMovieCount\n        movieCount\n        share\n        gini\n        meanPopularityRank\n        headShare\n        headShareOfRatings\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminCoverage {\n    admin {\n      coverage {\n        since\n        shownCount\n        shownMovieCount\n        movieCount\n        share\n        gini\n        meanPopularityRank\n        headShare\n        headShareOfRatings\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminWebhooks {\n    admin {\n      webhooks {\n        webhookId\n        url\n        events\n        createdAt\n        pendingCount\n        failedCount\n        lastAttemptAt\n        lastStatus\n        lastProblem\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminWebhooks {\n    admin {\n      webhooks {\n        webhookId\n        url\n        events\n        createdAt\n        pendingCount\n        failedCount\n        lastAttemptAt\n        lastStatus\n        lastProblem\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) {\n      secret\n      webhook {\n        webhookId\n        url\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateWebhook($input: CreateWebhookInput!) {\n    createWebhook(input: $input) {\n      secret\n      webhook {\n        webhookId\n        url\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteWebhook($webhookId: ID!) {\n    deleteWebhook(webhookId: $webhookId)\n  }\n"): (typeof documents)["\n  mutation DeleteWebhook($webhookId: ID!) {\n    deleteWebhook(webhookId: $webhookId)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GenrePage($genre: String!) {\n    genres {\n      ...GenreChip\n    }\n    genre(name: $genre) {\n      name\n      movieCount\n    }\n  }\n"): (typeof documents)["\n  query GenrePage($genre: String!) {\n    genres {\n      ...GenreChip\n    }\n    genre(name: $genre) {\n      name\n      movieCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ComparedGenre on GenreComparison {\n    genre {\n      name\n    }\n    ratingCount\n    otherRatingCount\n    averageRating\n    otherAverageRating\n  }\n"): (typeof documents)["\n  fragment ComparedGenre on GenreComparison {\n    genre {\n      name\n    }\n    ratingCount\n    otherRatingCount\n    averageRating\n    otherAverageRating\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ComparedUser on User {\n    userId\n    name\n    ratingCount\n  }\n"): (typeof documents)["\n  fragment ComparedUser on User {\n    userId\n    name\n    ratingCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RatingPair on RatingPair {\n    rating\n    otherRating\n    movie {\n      ...MovieCard\n    }\n  }\n"): (typeof documents)["\n  fragment RatingPair on RatingPair {\n    rating\n    otherRating\n    movie {\n      ...MovieCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Comparison($one: Int!, $other: Int!, $first: Int!, $members: [RecommendForInput!]!) {\n    one: user(userId: $one) {\n      ...ComparedUser\n    }\n    other: user(userId: $other) {\n      ...ComparedUser\n    }\n    compareUsers(userId: $one, otherUserId: $other, first: $first) {\n      similarity\n      commonCount\n      agreements {\n        ...RatingPair\n      }\n      disagreements {\n        ...RatingPair\n      }\n      genres {\n        ...ComparedGenre\n      }\n    }\n    recommendForGroup(members: $members, first: 12) {\n      nodes {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Comparison($one: Int!, $other: Int!, $first: Int!, $members: [RecommendForInput!]!) {\n    one: user(userId: $one) {\n      ...ComparedUser\n    }\n    other: user(userId: $other) {\n      ...ComparedUser\n    }\n    compareUsers(userId: $one, otherUserId: $other, first: $first) {\n      similarity\n      commonCount\n      agreements {\n        ...RatingPair\n      }\n      disagreements {\n        ...RatingPair\n      }\n      genres {\n        ...ComparedGenre\n      }\n    }\n    recommendForGroup(members: $members, first: 12) {\n      nodes {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExploreMap($first: Int!, $after: String) {\n    movieMap(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        x\n        y\n        movie {\n          movieId\n          title\n          releaseYear\n          ratingCount\n          genres {\n            name\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ExploreMap($first: Int!, $after: String) {\n    movieMap(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        x\n        y\n        movie {\n          movieId\n          title\n          releaseYear\n          ratingCount\n          genres {\n            name\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExploreOwnFilms($after: String) {\n    viewer {\n      userId\n      ratings(first: 100, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          node {\n            movie {\n              movieId\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ExploreOwnFilms($after: String) {\n    viewer {\n      userId\n      ratings(first: 100, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          node {\n            movie {\n              movieId\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Films($filter: MovieFilter, $orderBy: MovieOrder!, $first: Int!, $skip: Int!) {\n    films: movies(filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {\n      ...FilmPage\n    }\n  }\n"): (typeof documents)["\n  query Films($filter: MovieFilter, $orderBy: MovieOrder!, $first: Int!, $skip: Int!) {\n    films: movies(filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {\n      ...FilmPage\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FoundFilms(\n    $query: String!\n    $filter: MovieFilter\n    $orderBy: MovieSearchOrder!\n    $first: Int!\n    $skip: Int!\n  ) {\n    films: movieSearch(query: $query, filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {\n      ...FilmPage\n    }\n  }\n"): (typeof documents)["\n  query FoundFilms(\n    $query: String!\n    $filter: MovieFilter\n    $orderBy: MovieSearchOrder!\n    $first: Int!\n    $skip: Int!\n  ) {\n    films: movieSearch(query: $query, filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {\n      ...FilmPage\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FilmPage on MovieConnection {\n    edges {\n      node {\n        ...MovieCard\n      }\n    }\n    totalCount\n  }\n"): (typeof documents)["\n  fragment FilmPage on MovieConnection {\n    edges {\n      node {\n        ...MovieCard\n      }\n    }\n    totalCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AllGenres {\n    genres {\n      ...GenreChip\n    }\n  }\n"): (typeof documents)["\n  query AllGenres {\n    genres {\n      ...GenreChip\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SendsMail {\n    sendsMail\n  }\n"): (typeof documents)["\n  query SendsMail {\n    sendsMail\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupFilms(\n    $members: [RecommendForInput!]!\n    $tokens: [String!]!\n    $strategy: GroupStrategy!\n    $first: Int!\n    $after: String\n  ) {\n    recommendForGroup(\n      members: $members\n      tasteTokens: $tokens\n      strategy: $strategy\n      first: $first\n      after: $after\n    ) {\n      edges {\n        cursor\n        node {\n          ...GroupFilm\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      served {\n        ...DegradedNotice\n        ...NothingLeft\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupFilms(\n    $members: [RecommendForInput!]!\n    $tokens: [String!]!\n    $strategy: GroupStrategy!\n    $first: Int!\n    $after: String\n  ) {\n    recommendForGroup(\n      members: $members\n      tasteTokens: $tokens\n      strategy: $strategy\n      first: $first\n      after: $after\n    ) {\n      edges {\n        cursor\n        node {\n          ...GroupFilm\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      served {\n        ...DegradedNotice\n        ...NothingLeft\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupFilm on GroupRecommendation {\n    movie {\n      ...MovieCard\n    }\n    members {\n      member\n      likes\n    }\n  }\n"): (typeof documents)["\n  fragment GroupFilm on GroupRecommendation {\n    movie {\n      ...MovieCard\n    }\n    members {\n      member\n      likes\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateTasteLink($ratings: [RatingInput!], $name: String) {\n    createTasteLink(ratings: $ratings, name: $name) {\n      token\n      link {\n        ...OwnTasteLink\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateTasteLink($ratings: [RatingInput!], $name: String) {\n    createTasteLink(ratings: $ratings, name: $name) {\n      token\n      link {\n        ...OwnTasteLink\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MemberName($userId: Int!) {\n    user(userId: $userId) {\n      userId\n      name\n      sharesRatings\n    }\n  }\n"): (typeof documents)["\n  query MemberName($userId: Int!) {\n    user(userId: $userId) {\n      userId\n      name\n      sharesRatings\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TasteLinks($tokens: [String!]!) {\n    tasteLinks(tokens: $tokens) {\n      name\n      expiresAt\n      isOwn\n    }\n  }\n"): (typeof documents)["\n  query TasteLinks($tokens: [String!]!) {\n    tasteLinks(tokens: $tokens) {\n      name\n      expiresAt\n      isOwn\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeTasteLink($linkId: String!) {\n    revokeTasteLink(linkId: $linkId)\n  }\n"): (typeof documents)["\n  mutation RevokeTasteLink($linkId: String!) {\n    revokeTasteLink(linkId: $linkId)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SurprisingFilm($movieId: Int!) {\n    movie(movieId: $movieId) {\n      ...MovieCard\n    }\n  }\n"): (typeof documents)["\n  query SurprisingFilm($movieId: Int!) {\n    movie(movieId: $movieId) {\n      ...MovieCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomePage {\n    genres {\n      name\n      movieCount\n    }\n    dataset {\n      name\n      movieCount\n      ratingCount\n    }\n    model {\n      version\n    }\n  }\n"): (typeof documents)["\n  query HomePage {\n    genres {\n      name\n      movieCount\n    }\n    dataset {\n      name\n      movieCount\n      ratingCount\n    }\n    model {\n      version\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ViewerHome {\n    viewer {\n      userId\n      ratings(first: 50) {\n        edges {\n          cursor\n          node {\n            rating\n            movie {\n              movieId\n              title\n              releaseYear\n              genres {\n                name\n              }\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n      watchlist(first: 20) {\n        edges {\n          cursor\n          node {\n            movieId\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ViewerHome {\n    viewer {\n      userId\n      ratings(first: 50) {\n        edges {\n          cursor\n          node {\n            rating\n            movie {\n              movieId\n              title\n              releaseYear\n              genres {\n                name\n              }\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n      watchlist(first: 20) {\n        edges {\n          cursor\n          node {\n            movieId\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ForYouList on RecommendationConnection {\n    edges {\n      cursor\n      node {\n        ...Recommended\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    served {\n      ranker\n      ratingsRevision\n      ...DegradedNotice\n      ...NothingLeft\n    }\n  }\n"): (typeof documents)["\n  fragment ForYouList on RecommendationConnection {\n    edges {\n      cursor\n      node {\n        ...Recommended\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    served {\n      ranker\n      ratingsRevision\n      ...DegradedNotice\n      ...NothingLeft\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ForYou($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {\n    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 20) {\n      ...ForYouList\n    }\n  }\n"): (typeof documents)["\n  query ForYou($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {\n    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 20) {\n      ...ForYouList\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ViewerForYou($filter: MovieFilter, $diversity: Float!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, diversity: $diversity, first: 20) {\n        ...ForYouList\n      }\n    }\n  }\n"): (typeof documents)["\n  query ViewerForYou($filter: MovieFilter, $diversity: Float!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, diversity: $diversity, first: 20) {\n        ...ForYouList\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PickerPool($perDecade: Int!) {\n    until1959: movies(filter: { yearTo: 1959 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    sixties: movies(filter: { yearFrom: 1960, yearTo: 1969 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    seventies: movies(\n      filter: { yearFrom: 1970, yearTo: 1979 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    eighties: movies(\n      filter: { yearFrom: 1980, yearTo: 1989 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    nineties: movies(\n      filter: { yearFrom: 1990, yearTo: 1999 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    noughties: movies(\n      filter: { yearFrom: 2000, yearTo: 2009 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    tens: movies(filter: { yearFrom: 2010, yearTo: 2019 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    since2020: movies(filter: { yearFrom: 2020 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n  }\n\n  fragment PickerFilms on MovieConnection {\n    edges {\n      cursor\n      node {\n        ...PickerFilm\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): (typeof documents)["\n  query PickerPool($perDecade: Int!) {\n    until1959: movies(filter: { yearTo: 1959 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    sixties: movies(filter: { yearFrom: 1960, yearTo: 1969 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    seventies: movies(\n      filter: { yearFrom: 1970, yearTo: 1979 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    eighties: movies(\n      filter: { yearFrom: 1980, yearTo: 1989 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    nineties: movies(\n      filter: { yearFrom: 1990, yearTo: 1999 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    noughties: movies(\n      filter: { yearFrom: 2000, yearTo: 2009 }\n      orderBy: RATING_COUNT_DESC\n      first: $perDecade\n    ) {\n      ...PickerFilms\n    }\n    tens: movies(filter: { yearFrom: 2010, yearTo: 2019 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n    since2020: movies(filter: { yearFrom: 2020 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {\n      ...PickerFilms\n    }\n  }\n\n  fragment PickerFilms on MovieConnection {\n    edges {\n      cursor\n      node {\n        ...PickerFilm\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MarkedFilm on Movie {\n    ...MovieCard\n    viewerRating\n    isDismissed\n  }\n"): (typeof documents)["\n  fragment MarkedFilm on Movie {\n    ...MovieCard\n    viewerRating\n    isDismissed\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomeMoviesRow($filter: MovieFilter, $orderBy: MovieOrder!) {\n    movies(filter: $filter, orderBy: $orderBy, first: 40) {\n      edges {\n        cursor\n        node {\n          ...MovieCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query HomeMoviesRow($filter: MovieFilter, $orderBy: MovieOrder!) {\n    movies(filter: $filter, orderBy: $orderBy, first: 40) {\n      edges {\n        cursor\n        node {\n          ...MovieCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomePopularRow {\n    popularNow(first: 60) {\n      ...MovieCard\n    }\n  }\n"): (typeof documents)["\n  query HomePopularRow {\n    popularNow(first: 60) {\n      ...MovieCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomeViewerPopularRow {\n    popularNow(first: 60) {\n      ...MarkedFilm\n    }\n  }\n"): (typeof documents)["\n  query HomeViewerPopularRow {\n    popularNow(first: 60) {\n      ...MarkedFilm\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomeSimilarRow($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 60) {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query HomeSimilarRow($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 60) {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomeViewerSimilarRow($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 60) {\n        movie {\n          ...MarkedFilm\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query HomeViewerSimilarRow($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 60) {\n        movie {\n          ...MarkedFilm\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomeTasteRow($ratings: [RatingInput!]!, $filter: MovieFilter!) {\n    recommendFor(ratings: $ratings, filter: $filter, first: 40) {\n      edges {\n        cursor\n        node {\n          ...Recommended\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query HomeTasteRow($ratings: [RatingInput!]!, $filter: MovieFilter!) {\n    recommendFor(ratings: $ratings, filter: $filter, first: 40) {\n      edges {\n        cursor\n        node {\n          ...Recommended\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomeViewerRow($filter: MovieFilter!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, first: 40) {\n        edges {\n          cursor\n          node {\n            ...Recommended\n            movie {\n              ...MarkedFilm\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        served {\n          ratingsRevision\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query HomeViewerRow($filter: MovieFilter!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, first: 40) {\n        edges {\n          cursor\n          node {\n            ...Recommended\n            movie {\n              ...MarkedFilm\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        served {\n          ratingsRevision\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomeWatchlistRow {\n    viewer {\n      userId\n      watchlist(first: 20) {\n        edges {\n          cursor\n          node {\n            ...MarkedFilm\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query HomeWatchlistRow {\n    viewer {\n      userId\n      watchlist(first: 20) {\n        edges {\n          cursor\n          node {\n            ...MarkedFilm\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Surprise($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {\n    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 100) {\n      nodes {\n        score\n        movie {\n          movieId\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Surprise($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {\n    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 100) {\n      nodes {\n        score\n        movie {\n          movieId\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ViewerSurprise($filter: MovieFilter, $diversity: Float!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, diversity: $diversity, first: 100) {\n        nodes {\n          score\n          movie {\n            movieId\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ViewerSurprise($filter: MovieFilter, $diversity: Float!) {\n    viewer {\n      userId\n      recommendations(filter: $filter, diversity: $diversity, first: 100) {\n        nodes {\n          score\n          movie {\n            movieId\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CastMember on CastMember {\n    character\n    person {\n      ...PersonCard\n    }\n  }\n"): (typeof documents)["\n  fragment CastMember on CastMember {\n    character\n    person {\n      ...PersonCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MovieDetails($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      # A page that was kept may be older than the poster.\n      posterUrl\n      details {\n        overview\n        tagline\n        runtimeMinutes\n        trailerYoutubeId\n        watchCountries\n        directors {\n          ...PersonLink\n        }\n        cast(first: 12) {\n          ...CastMember\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MovieDetails($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      # A page that was kept may be older than the poster.\n      posterUrl\n      details {\n        overview\n        tagline\n        runtimeMinutes\n        trailerYoutubeId\n        watchCountries\n        directors {\n          ...PersonLink\n        }\n        cast(first: 12) {\n          ...CastMember\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieFacts on Movie {\n    hasDetails\n    imdbUrl\n    tmdbUrl\n    overview\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n"): (typeof documents)["\n  fragment MovieFacts on Movie {\n    hasDetails\n    imdbUrl\n    tmdbUrl\n    overview\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Fan on User {\n    userId\n    name\n    ratingCount\n  }\n"): (typeof documents)["\n  fragment Fan on User {\n    userId\n    name\n    ratingCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CachedCard on Movie {\n    ...MovieCard\n  }\n"): (typeof documents)["\n  fragment CachedCard on Movie {\n    ...MovieCard\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoviePage($movieId: Int!) {\n    movie(movieId: $movieId) {\n      ...MovieCard\n      ...MovieFacts\n      tags(first: 16) {\n        ...MovieTagLink\n      }\n      fans(first: 6) {\n        ...Fan\n      }\n    }\n  }\n"): (typeof documents)["\n  query MoviePage($movieId: Int!) {\n    movie(movieId: $movieId) {\n      ...MovieCard\n      ...MovieFacts\n      tags(first: 16) {\n        ...MovieTagLink\n      }\n      fans(first: 6) {\n        ...Fan\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SimilarMovies($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 18) {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query SimilarMovies($movieId: Int!) {\n    movie(movieId: $movieId) {\n      movieId\n      similar(first: 18) {\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieTagLink on MovieTag {\n    tag\n    count\n  }\n"): (typeof documents)["\n  fragment MovieTagLink on MovieTag {\n    tag\n    count\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhereToWatch($movieId: Int!, $country: String!) {\n    movie(movieId: $movieId) {\n      movieId\n      details {\n        whereToWatch(country: $country) {\n          kind\n          service\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query WhereToWatch($movieId: Int!, $country: String!) {\n    movie(movieId: $movieId) {\n      movieId\n      details {\n        whereToWatch(country: $country) {\n          kind\n          service\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyRatings(\n    $userId: Int!\n    $orderBy: RatingOrder!\n    $filter: RatingFilter\n    $first: Int!\n    $after: String\n  ) {\n    user(userId: $userId) {\n      userId\n      ratings(orderBy: $orderBy, filter: $filter, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...OwnRating\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n    genres {\n      name\n    }\n  }\n"): (typeof documents)["\n  query MyRatings(\n    $userId: Int!\n    $orderBy: RatingOrder!\n    $filter: RatingFilter\n    $first: Int!\n    $after: String\n  ) {\n    user(userId: $userId) {\n      userId\n      ratings(orderBy: $orderBy, filter: $filter, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...OwnRating\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n    genres {\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OwnRating on Rating {\n    rating\n    ratedAt\n    movie {\n      ...MovieCard\n    }\n  }\n"): (typeof documents)["\n  fragment OwnRating on Rating {\n    rating\n    ratedAt\n    movie {\n      ...MovieCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyImports {\n    myImports {\n      importId\n      startedAt\n      undoneAt\n      ratingCount\n    }\n  }\n"): (typeof documents)["\n  query MyImports {\n    myImports {\n      importId\n      startedAt\n      undoneAt\n      ratingCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MatchFilms($films: [MovieRowInput!]!) {\n    matchMovies(rows: $films) {\n      movie {\n        movieId\n        title\n        releaseYear\n      }\n      candidates {\n        movie {\n          movieId\n          title\n          releaseYear\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MatchFilms($films: [MovieRowInput!]!) {\n    matchMovies(rows: $films) {\n      movie {\n        movieId\n        title\n        releaseYear\n      }\n      candidates {\n        movie {\n          movieId\n          title\n          releaseYear\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportMyRatings($importId: String!, $ownRatings: [ImportedRatingInput!]!) {\n    importMyRatings(importId: $importId, rows: $ownRatings) {\n      rows {\n        movieId\n        outcome\n      }\n      user {\n        userId\n        ratingCount\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ImportMyRatings($importId: String!, $ownRatings: [ImportedRatingInput!]!) {\n    importMyRatings(importId: $importId, rows: $ownRatings) {\n      rows {\n        movieId\n        outcome\n      }\n      user {\n        userId\n        ratingCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UndoMyImport($importId: String!) {\n    undoMyImport(importId: $importId) {\n      restoredCount\n      keptCount\n      user {\n        userId\n        ratingCount\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UndoMyImport($importId: String!) {\n    undoMyImport(importId: $importId) {\n      restoredCount\n      keptCount\n      user {\n        userId\n        ratingCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PeopleFound($query: String!) {\n    searchPeople(query: $query, first: 6) {\n      ...PersonCard\n      knownFor\n    }\n  }\n"): (typeof documents)["\n  query PeopleFound($query: String!) {\n    searchPeople(query: $query, first: 6) {\n      ...PersonCard\n      knownFor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PersonPage($personId: Int!) {\n    person(personId: $personId) {\n      ...PersonCard\n      knownFor\n      biography\n      tmdbUrl\n      movies(first: 100) {\n        roles\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PersonPage($personId: Int!) {\n    person(personId: $personId) {\n      ...PersonCard\n      knownFor\n      biography\n      tmdbUrl\n      movies(first: 100) {\n        roles\n        movie {\n          ...MovieCard\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PersonCard on Person {\n    personId\n    name\n    photoUrl\n  }\n"): (typeof documents)["\n  fragment PersonCard on Person {\n    personId\n    name\n    photoUrl\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PersonLink on Person {\n    personId\n    name\n  }\n"): (typeof documents)["\n  fragment PersonLink on Person {\n    personId\n    name\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PersonPredictions($movieIds: [Int!]) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerPrediction\n    }\n  }\n"): (typeof documents)["\n  query PersonPredictions($movieIds: [Int!]) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerPrediction\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmEmail($token: String!) {\n    confirmEmail(token: $token)\n  }\n"): (typeof documents)["\n  mutation ConfirmEmail($token: String!) {\n    confirmEmail(token: $token)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RequestPasswordReset($email: String!) {\n    requestPasswordReset(email: $email)\n  }\n"): (typeof documents)["\n  mutation RequestPasswordReset($email: String!) {\n    requestPasswordReset(email: $email)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input)\n  }\n"): (typeof documents)["\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SignedIn on AuthPayload {\n    token\n    expiresAt\n    refreshToken\n    user {\n      userId\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment SignedIn on AuthPayload {\n    token\n    expiresAt\n    refreshToken\n    user {\n      userId\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      ...SignedIn\n    }\n  }\n"): (typeof documents)["\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      ...SignedIn\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) {\n      ...SignedIn\n    }\n  }\n"): (typeof documents)["\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) {\n      ...SignedIn\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TagPage($tag: String!, $first: Int!, $after: String) {\n    moviesByTag(tag: $tag, first: $first, after: $after) {\n      totalCount\n      edges {\n        cursor\n        node {\n          ...MovieCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query TagPage($tag: String!, $first: Int!, $after: String) {\n    moviesByTag(tag: $tag, first: $first, after: $after) {\n      totalCount\n      edges {\n        cursor\n        node {\n          ...MovieCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserRecommendations(\n    $userId: Int!\n    $first: Int!\n    $after: String\n    $filter: MovieFilter\n    $diversity: Float!\n  ) {\n    user(userId: $userId) {\n      userId\n      recommendations(first: $first, after: $after, filter: $filter, diversity: $diversity) {\n        edges {\n          cursor\n          node {\n            ...Recommended\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        served {\n          ranker\n          ratingsRevision\n          ...DegradedNotice\n          ...NothingLeft\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query UserRecommendations(\n    $userId: Int!\n    $first: Int!\n    $after: String\n    $filter: MovieFilter\n    $diversity: Float!\n  ) {\n    user(userId: $userId) {\n      userId\n      recommendations(first: $first, after: $after, filter: $filter, diversity: $diversity) {\n        edges {\n          cursor\n          node {\n            ...Recommended\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        served {\n          ranker\n          ratingsRevision\n          ...DegradedNotice\n          ...NothingLeft\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserStatistics on User {\n    ratingCount\n    averageRating\n    highestRating\n    lowestRating\n    favouriteGenre {\n      name\n    }\n    genreProfile {\n      ...GenreProfile\n    }\n  }\n"): (typeof documents)["\n  fragment UserStatistics on User {\n    ratingCount\n    averageRating\n    highestRating\n    lowestRating\n    favouriteGenre {\n      name\n    }\n    genreProfile {\n      ...GenreProfile\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserWatched($userId: Int!, $orderBy: RatingOrder!, $first: Int!, $after: String) {\n    user(userId: $userId) {\n      userId\n      ratings(orderBy: $orderBy, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            rating\n            ratedAt\n            movie {\n              ...MovieCard\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query UserWatched($userId: Int!, $orderBy: RatingOrder!, $first: Int!, $after: String) {\n    user(userId: $userId) {\n      userId\n      ratings(orderBy: $orderBy, first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            rating\n            ratedAt\n            movie {\n              ...MovieCard\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserPage($userId: Int!) {\n    user(userId: $userId) {\n      userId\n      name\n      sharesRatings\n      ...UserStatistics\n    }\n    genres {\n      name\n    }\n  }\n"): (typeof documents)["\n  query UserPage($userId: Int!) {\n    user(userId: $userId) {\n      userId\n      name\n      sharesRatings\n      ...UserStatistics\n    }\n    genres {\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ListedUser on User {\n    ...UserCard\n    favouriteGenre {\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment ListedUser on User {\n    ...UserCard\n    favouriteGenre {\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UsersPage($orderBy: UserOrder!, $first: Int!, $after: String) {\n    users(orderBy: $orderBy, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          ...ListedUser\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query UsersPage($orderBy: UserOrder!, $first: Int!, $after: String) {\n    users(orderBy: $orderBy, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          ...ListedUser\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WatchlistPage($first: Int!, $after: String) {\n    viewer {\n      userId\n      watchlist(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...MovieCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query WatchlistPage($first: Int!, $after: String) {\n    viewer {\n      userId\n      watchlist(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...MovieCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SearchSuggestions($query: String!) {\n    searchMovies(query: $query, first: 8) {\n      movieId\n      title\n      releaseYear\n      genres {\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  query SearchSuggestions($query: String!) {\n    searchMovies(query: $query, first: 8) {\n      movieId\n      title\n      releaseYear\n      genres {\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminLink {\n    viewer {\n      userId\n      account {\n        role\n      }\n    }\n  }\n"): (typeof documents)["\n  query AdminLink {\n    viewer {\n      userId\n      account {\n        role\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut($refreshToken: String) {\n    signOut(refreshToken: $refreshToken)\n  }\n"): (typeof documents)["\n  mutation SignOut($refreshToken: String) {\n    signOut(refreshToken: $refreshToken)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RatedMovie on Movie {\n    movieId\n    viewerRating\n    ratingCount\n    averageRating\n    weightedRating\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n"): (typeof documents)["\n  fragment RatedMovie on Movie {\n    movieId\n    viewerRating\n    ratingCount\n    averageRating\n    weightedRating\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RatingUser on User {\n    userId\n    ratingCount\n    averageRating\n  }\n"): (typeof documents)["\n  fragment RatingUser on User {\n    userId\n    ratingCount\n    averageRating\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RateMovie($input: RateMovieInput!) {\n    rateMovie(input: $input) {\n      movie {\n        ...RatedMovie\n      }\n      user {\n        ...RatingUser\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RateMovie($input: RateMovieInput!) {\n    rateMovie(input: $input) {\n      movie {\n        ...RatedMovie\n      }\n      user {\n        ...RatingUser\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UnrateMovie($input: UnrateMovieInput!) {\n    unrateMovie(input: $input) {\n      movie {\n        ...RatedMovie\n      }\n      user {\n        ...RatingUser\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UnrateMovie($input: UnrateMovieInput!) {\n    unrateMovie(input: $input) {\n      movie {\n        ...RatedMovie\n      }\n      user {\n        ...RatingUser\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PickerFilm on Movie {\n    ...MovieCard\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n"): (typeof documents)["\n  fragment PickerFilm on Movie {\n    ...MovieCard\n    ratingHistogram {\n      ...RatingHistogram\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TrainingChanged {\n    trainingChanged {\n      ...TrainingState\n    }\n  }\n"): (typeof documents)["\n  subscription TrainingChanged {\n    trainingChanged {\n      ...TrainingState\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrainingState on Training {\n    isRunning\n    stage\n    share\n    secondsLeft\n    modelVersion\n  }\n"): (typeof documents)["\n  fragment TrainingState on Training {\n    isRunning\n    stage\n    share\n    secondsLeft\n    modelVersion\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Training {\n    training {\n      ...TrainingState\n    }\n  }\n"): (typeof documents)["\n  query Training {\n    training {\n      ...TrainingState\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RatedAlready($movieIds: [Int!]!) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerRating\n    }\n  }\n"): (typeof documents)["\n  query RatedAlready($movieIds: [Int!]!) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerRating\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CarryRatings($ratings: [RatingInput!]!) {\n    rateMovies(ratings: $ratings) {\n      user {\n        ...RatingUser\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CarryRatings($ratings: [RatingInput!]!) {\n    rateMovies(ratings: $ratings) {\n      user {\n        ...RatingUser\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CardMarks($movieIds: [Int!]!) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerRating\n      viewerPrediction\n      isDismissed\n      isOnWatchlist\n    }\n  }\n"): (typeof documents)["\n  query CardMarks($movieIds: [Int!]!) {\n    moviesByIds(movieIds: $movieIds) {\n      movieId\n      viewerRating\n      viewerPrediction\n      isDismissed\n      isOnWatchlist\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dismissed {\n    viewer {\n      userId\n      ratingsRevision\n      dismissedMovies(first: 100) {\n        edges {\n          node {\n            movieId\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Dismissed {\n    viewer {\n      userId\n      ratingsRevision\n      dismissedMovies(first: 100) {\n        edges {\n          node {\n            movieId\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DismissMovie($movieId: Int!) {\n    dismissMovie(movieId: $movieId) {\n      movie {\n        movieId\n        isDismissed\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DismissMovie($movieId: Int!) {\n    dismissMovie(movieId: $movieId) {\n      movie {\n        movieId\n        isDismissed\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreMovie($movieId: Int!) {\n    restoreMovie(movieId: $movieId) {\n      movie {\n        movieId\n        isDismissed\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RestoreMovie($movieId: Int!) {\n    restoreMovie(movieId: $movieId) {\n      movie {\n        movieId\n        isDismissed\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddToWatchlist($movieId: Int!) {\n    addToWatchlist(movieId: $movieId) {\n      movie {\n        movieId\n        isOnWatchlist\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AddToWatchlist($movieId: Int!) {\n    addToWatchlist(movieId: $movieId) {\n      movie {\n        movieId\n        isOnWatchlist\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveFromWatchlist($movieId: Int!) {\n    removeFromWatchlist(movieId: $movieId) {\n      movie {\n        movieId\n        isOnWatchlist\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveFromWatchlist($movieId: Int!) {\n    removeFromWatchlist(movieId: $movieId) {\n      movie {\n        movieId\n        isOnWatchlist\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;