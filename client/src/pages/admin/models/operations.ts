import { graphql } from '../../../gql/index.ts';

export const ModelVersionFragment = graphql(/* GraphQL */ `
  fragment AdminModelVersion on ModelVersion {
    version
    state
    isServing
    trainedAt
    recipe
    dataset
    ratingCount
    userCount
    movieCount
    protocol
    protocolName
    evaluatedUserCount
    problem
    metrics {
      name
      ...MetricTable
    }
    gate {
      decision
      isForced
      reasons
      candidate
      popularity
      serving
      servingVersion
      userCount
    }
  }
`);

export const ModelsQuery = graphql(/* GraphQL */ `
  query AdminModels {
    admin {
      models(first: 50) {
        ...AdminModelVersion
      }
    }
  }
`);

export const PublishModel = graphql(/* GraphQL */ `
  mutation PublishModel($version: String!) {
    publishModel(version: $version) {
      ...AdminModelVersion
    }
  }
`);

export const RollbackModel = graphql(/* GraphQL */ `
  mutation RollbackModel {
    rollbackModel {
      ...AdminModelVersion
    }
  }
`);
