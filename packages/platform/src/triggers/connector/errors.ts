import { InlayError, UserError } from '@inlay/engine'

/** Says no more than that: who forges requests learns nothing of why. */
export function deliveryRefused(): UserError {
  return new UserError('unauthenticated', 'hook.refused', 'The request is not signed as it has to be.')
}

/** The service may send the request again: nothing of it is lost. */
export function deliveryFailed(): InlayError {
  return new InlayError('hook.failed', 'The request could not be taken.')
}

/** @param connector its id */
export function noAppEvents(connector: string): UserError {
  return new UserError(
    'not_found',
    'connector.no_app_events',
    `"${connector}" has no app whose events can be received.`,
  )
}

/** @param connector its id */
export function noAppEndpoint(connector: string): UserError {
  return new UserError(
    'not_found',
    'app_events.not_found',
    `No address for events of "${connector}" has been set up.`,
    {
      detail: 'Set it up with the settings of your app first.',
    },
  )
}

/** @param issues what is wrong with which of the settings; values are never repeated */
export function wrongSettings(issues: readonly { readonly pointer: string; readonly message: string }[]): UserError {
  return new UserError('invalid', 'app_events.invalid', 'The settings of the app are not complete.', {
    data: { issues: issues.map(({ pointer, message }) => ({ pointer, message })) },
  })
}

/** A draft whose trigger is no connector's. */
export function noConnectorTrigger(): UserError {
  return new UserError(
    'invalid',
    'workflow.no_connector_trigger',
    "The workflow is not started by a connector's trigger.",
  )
}
