import type { Config } from '@pocketrocket/runtime';
import type { AddressSigner } from '../exports/signedAddress.ts';
import type { WebhookRules } from '../webhooks/webhookAddress.ts';
import type { ServerView } from './serverState.ts';

/** The settings that operators are told, or that their changes need. */
export type OperatorSettings = Pick<
  Config,
  | 'modelDir'
  | 'experiments'
  | 'redisUrl'
  | 'modelName'
  | 'publicUrl'
  | 'maxCost'
  | 'budgetBurst'
  | 'budgetPerSecond'
  | 'budgetAccountPerSecond'
  | 'budgetKeyPerSecond'
>;

/** The parts that operators' fields need besides the other parts of the API. */
export interface OperatorDeps {
  settings: OperatorSettings;
  view: ServerView;
  signer: AddressSigner;
  webhooks: WebhookRules;
}
