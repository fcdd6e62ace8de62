export {
  sign,
  type VerifyFailure,
  type VerifyOptions,
  type VerifyResult,
  verify,
  type WebhookHeaders,
} from './webhooks.js'
