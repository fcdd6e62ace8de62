import { type AuthMethod, type Connector, UserError } from '@inlay/engine'

export function noOAuthApp({ name }: Connector): UserError {
  return new UserError('unprocessable', 'oauth.no_client', `No OAuth app is set up for ${name}.`, {
    detail: `Register an app at ${name}, and set its client id and secret for this connector.`,
  })
}

export function clientNotFound(connector: string): UserError {
  return new UserError('not_found', 'oauth.client_not_found', `There is no OAuth app of yours for "${connector}".`)
}

/** @param method what was asked for; undefined when the connector has no such way at all */
export function notOAuth({ name }: Connector, method: AuthMethod | undefined): UserError {
  const way = method === undefined ? 'signing in to it' : `"${method.id}" with an authorization`
  return new UserError('invalid', 'oauth.not_oauth', `${name} cannot be connected by ${way}.`, {
    detail: 'Create the connection with the values that its form asks for.',
  })
}

export function authorizationNotFound(id: string): UserError {
  return new UserError('not_found', 'oauth.authorization_not_found', `There is no authorization ${id}.`)
}

/** For those of the same tenant: they may know of it, and must not finish it. */
export function notTheBeginner(id: string): UserError {
  return new UserError('denied', 'oauth.not_yours', `The authorization ${id} was begun by somebody else.`, {
    detail: 'Only who began it may follow and confirm it. Begin one of your own.',
  })
}

/** @param status in which it is */
export function notConfirmable(id: string, status: string): UserError {
  const detail =
    status === 'pending'
      ? 'The person has to sign in to the service and confirm in that browser first.'
      : 'Begin a new one.'
  return new UserError('conflict', 'oauth.not_confirmable', `The authorization ${id} is ${status}.`, { detail })
}

export function tooManyAuthorizations(): UserError {
  return new UserError('too_many', 'oauth.too_many', 'Too many authorizations of this customer are under way.', {
    detail: 'Finish them, or wait until they have expired: ten minutes at most.',
  })
}

/** @param operators the operator's origin */
export function operatorsApp(operators: string): UserError {
  return new UserError('conflict', 'oauth.operators_app', 'This sign-in works at the address of the deployment only.', {
    detail: `It uses the OAuth app of the deployment. Sign in to the portal at ${operators}, or set an OAuth app of your own.`,
  })
}

export function originNotAllowed(origin: string): UserError {
  return new UserError('invalid', 'oauth.return_origin', `${origin} is not among your allowed origins.`, {
    detail: "Add it to the tenant's allowed origins, or leave out returnOrigin.",
  })
}

export function missingCustomer(): UserError {
  return new UserError('invalid', 'request.invalid', 'An authorization is for one customer.', {
    detail: 'Send its customerId.',
  })
}

export function fieldsAreKept(): UserError {
  return new UserError('invalid', 'request.invalid', 'A connection that is connected again keeps its fields.', {
    detail: 'Leave out fields and method; change the fields of the connection itself.',
  })
}

/** Refusals that people see in their browser, in plain words. */
const BROWSER_REFUSALS = {
  link: [
    'not_found',
    'This link cannot be used',
    'It was opened before, or is too old. Go back and press Connect again.',
  ],
  state: [
    'invalid',
    'This sign-in is not known',
    'It was finished before, is too old, or was not begun here. Go back and press Connect again.',
  ],
  browser: [
    'denied',
    'This sign-in was begun in another browser',
    'An account can only be connected in the browser in which that was begun. If somebody sent you the link, they may be trying to get at your account: close this page. Nothing was connected.',
  ],
  member: [
    'denied',
    'Somebody else began this sign-in',
    'Sign in to the portal as the person who began it, in this browser, or begin anew. Nothing was connected.',
  ],
  connector: [
    'invalid',
    'This sign-in is for another service',
    'The answer came to an address that is not its own. Nothing was connected. Go back and press Connect again.',
  ],
  issuer: [
    'invalid',
    'The answer does not come from the service',
    'Another server than the one that was asked has answered. Nothing was connected. Go back and press Connect again.',
  ],
  code: [
    'invalid',
    'The service did not finish the sign-in',
    'Its answer is not complete. Go back and press Connect again.',
  ],
  expired: [
    'invalid',
    'This sign-in took too long',
    'It has to be finished within ten minutes. Go back and press Connect again.',
  ],
  form: [
    'denied',
    'This form cannot be used',
    'It was not sent from the page that we have shown. Open the page again.',
  ],
  done: ['conflict', 'This sign-in has ended', 'There is nothing left to confirm. You can close this page.'],
  declined: ['unprocessable', 'The account was not connected', 'You have cancelled it. You can close this page.'],
} as const satisfies Record<string, readonly [UserError['reason'], string, string]>

/** Why a browser cannot go on. */
export type BrowserRefusal = keyof typeof BROWSER_REFUSALS

/** The error for it, with the code `oauth.` and the refusal's name. */
export function browserRefusal(refusal: BrowserRefusal, detail?: string): UserError {
  const [reason, title, usual] = BROWSER_REFUSALS[refusal]
  return new UserError(reason, `oauth.${refusal}`, title, { detail: detail ?? usual })
}

/** What the service said instead of a code (RFC 6749, section 4.1.2.1). */
export function refusedByService(connectorName: string, error: string): UserError {
  const isDenied = error === 'access_denied' || error === 'user_cancelled_login' || error === 'consent_required'
  const title = isDenied ? 'The account was not connected' : `${connectorName} did not allow the sign-in`
  const detail = isDenied
    ? `${connectorName} says that access was refused. You can close this page, or go back and try again.`
    : `It says "${error}". If it stays, the OAuth app or the connector is not set up rightly.`
  return new UserError('unprocessable', isDenied ? 'oauth.access_denied' : 'oauth.service_error', title, { detail })
}
