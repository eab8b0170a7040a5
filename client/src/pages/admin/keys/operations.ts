import { graphql } from '../../../gql/index.ts';

export const ApiKeyFragment = graphql(/* GraphQL */ `
  fragment AdminApiKey on ApiKey {
    keyId
    name
    scopes
    perSecond
    expiresAt
    lastUsedAt
    revokedAt
  }
`);

export const KeysQuery = graphql(/* GraphQL */ `
  query AdminKeys {
    admin {
      apps {
        appId
        name
        sharesUsers
        createdAt
        userCount
        keys {
          ...AdminApiKey
        }
      }
    }
  }
`);

export const CreateApp = graphql(/* GraphQL */ `
  mutation CreateApp($input: CreateAppInput!) {
    createApp(input: $input) {
      appId
      name
    }
  }
`);

export const DeleteApp = graphql(/* GraphQL */ `
  mutation DeleteApp($appId: ID!) {
    deleteApp(appId: $appId)
  }
`);

export const CreateApiKey = graphql(/* GraphQL */ `
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      secret
      key {
        ...AdminApiKey
      }
    }
  }
`);

export const RotateApiKey = graphql(/* GraphQL */ `
  mutation RotateApiKey($keyId: ID!, $overlapSeconds: Int!) {
    rotateApiKey(keyId: $keyId, overlapSeconds: $overlapSeconds) {
      secret
      key {
        ...AdminApiKey
      }
    }
  }
`);

export const RevokeApiKey = graphql(/* GraphQL */ `
  mutation RevokeApiKey($keyId: ID!) {
    revokeApiKey(keyId: $keyId) {
      ...AdminApiKey
    }
  }
`);
