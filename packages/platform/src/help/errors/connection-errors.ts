import type { BrowserRefusal } from '../../oauth/errors.js'
import type { ErrorArea, ErrorHelp } from './error-help.js'

const BEGIN_AGAIN = 'Go back and press Connect again. Nothing was connected.'

/** What people can meet in the window in which they sign in to a service. */
const SIGN_IN_ERRORS = {
  'oauth.link': {
    status: [404],
    what: 'The link to sign in cannot be used.',
    why: 'It was opened before, or is too old: it works once, for ten minutes.',
    fix: BEGIN_AGAIN,
  },
  'oauth.state': {
    status: [400],
    what: 'The sign-in is not known.',
    why: 'It was finished before, is too old, or was not begun here.',
    fix: BEGIN_AGAIN,
  },
  'oauth.browser': {
    status: [403],
    what: 'The sign-in was begun in another browser.',
    why: 'An account is connected in the browser in which that was begun, so that nobody can lure others into connecting theirs.',
    fix: 'If somebody sent you the link, close the page. Otherwise begin again in this browser.',
  },
  'oauth.member': {
    status: [403],
    what: 'Somebody else began the sign-in.',
    why: 'Another member is signed in to the portal in this browser.',
    fix: 'Sign in as the person who began it, or begin anew.',
  },
  'oauth.connector': {
    status: [400],
    what: 'The sign-in is for another service.',
    why: 'The answer came to an address that is not that service’s own.',
    fix: BEGIN_AGAIN,
  },
  'oauth.issuer': {
    status: [400],
    what: 'The answer does not come from the service.',
    why: 'Another authorization server than the one that was asked has answered.',
    fix: 'Begin again; if it stays, check the addresses of the OAuth app.',
  },
  'oauth.code': {
    status: [400],
    what: 'The service did not finish the sign-in.',
    why: 'Its answer is not complete, or it refused the code.',
    fix: 'Begin again; if it stays, check client id, client secret and redirect address of the OAuth app.',
  },
  'oauth.expired': {
    status: [400],
    what: 'The sign-in took too long.',
    why: 'It has to be finished within ten minutes.',
    fix: BEGIN_AGAIN,
  },
  'oauth.form': {
    status: [403],
    what: 'The form cannot be used.',
    why: 'It was not sent from the page that was shown.',
    fix: 'Open the page again and confirm there.',
  },
  'oauth.done': {
    status: [409],
    what: 'The sign-in has ended.',
    why: 'It was confirmed or cancelled before.',
    fix: 'Close the page; begin a new one if the account is not connected.',
  },
  'oauth.declined': {
    status: [422],
    what: 'The account was not connected.',
    why: 'The person cancelled it.',
    fix: 'Begin again when it is wanted.',
  },
} as const satisfies Record<`oauth.${BrowserRefusal}`, ErrorHelp>

/** Of connected accounts, of signing in to services, and of the connectors that come with the product. */
export const CONNECTION_ERRORS = {
  'connection.not_found': {
    status: [404],
    what: 'There is no such connection.',
    why: 'It was deleted, or belongs to another customer or tenant than the credentials do.',
    fix: 'List the connections of the customer.',
  },
  'connection.invalid': {
    status: [400],
    what: 'The connection is not complete.',
    why: 'A field that the connector asks for is missing or does not fit.',
    fix: 'Fill in what `issues` names.',
  },
  'connection.test_failed': {
    status: [422],
    what: 'The account could not be connected.',
    why: 'The service refused the credentials when they were tried; `detail` says what it said.',
    fix: 'Copy the credentials again, and check that they belong to the environment that you chose.',
  },
  'connection.no_method': {
    status: [400],
    what: 'The connector cannot be connected in this way.',
    why: 'It has other methods, or needs no account at all.',
    fix: 'Use one of the methods that `detail` names.',
  },
  'connection.needs_authorization': {
    status: [422],
    what: 'The account is connected by signing in to the service.',
    why: 'This method has no values to send; the person allows the access there.',
    fix: 'Start an authorization with `POST /v1/oauth/authorizations`, and send the person to the address that it gives.',
  },
  'connector.not_found': {
    status: [404],
    what: 'There is no such connector, version, action or trigger.',
    why: 'The id is misspelled, or this deployment does not have it.',
    fix: 'List the connectors, and read the one that you mean.',
  },
  'connector.disabled': {
    status: [403],
    what: 'The connector is switched off.',
    why: 'Whoever administers the product switched it off.',
    fix: 'Switch it on in the settings of connectors, or use another one.',
  },
  'connector.not_offered': {
    status: [403],
    what: 'The connector is not offered to this customer.',
    why: 'The guardrails of the tenant, or those of the customer, leave it out.',
    fix: 'Use another one, or change the guardrails.',
  },
  'connector.no_options': {
    status: [404],
    what: 'There are no choices for this field.',
    why: 'The connector does not look choices up for it.',
    fix: 'Send the value itself.',
  },
  'connector.no_schema': {
    status: [404],
    what: 'The shape of this field is not looked up.',
    why: 'The connector’s own schema says it already.',
    fix: 'Read the schema of the action or trigger.',
  },
  'connector.no_app_events': {
    status: [404],
    what: 'The connector has no app whose events can be received.',
    why: 'Its triggers are registered for each account, or ask the service from time to time.',
    fix: 'Nothing is to be set up for the whole tenant.',
  },
  'app_events.not_found': {
    status: [404],
    what: 'No address for the events of this app has been set up.',
    why: 'The service needs one address for the whole app.',
    fix: 'Set it up with the settings of your app first.',
  },
  'app_events.invalid': {
    status: [400],
    what: 'The settings of the app are not complete.',
    why: 'A field that the connector asks for is missing or does not fit.',
    fix: 'Fill in what `issues` names.',
  },
  'oauth.operators_app': {
    status: [409],
    what: 'The sign-in works at the address of the deployment only.',
    why: 'A member began it at a domain of the tenant, with the OAuth app of the deployment: what that is granted is never sent to other addresses.',
    fix: 'Sign in to the portal at the address that `detail` names, or set an OAuth app of your own for the connector.',
  },
  'oauth.no_client': {
    status: [422],
    what: 'No OAuth app is set up for the connector.',
    why: 'Services let people sign in to apps that they know; neither you nor the operator has registered one.',
    fix: 'Register an app at the service, and set its client id and secret for this connector.',
  },
  'oauth.client_not_found': {
    status: [404],
    what: 'There is no OAuth app of yours for this connector.',
    why: 'None was set, or it was removed.',
    fix: 'Set one before you change or remove it.',
  },
  'oauth.not_oauth': {
    status: [400],
    what: 'The connector is not connected by signing in.',
    why: 'It asks for values such as an API key.',
    fix: 'Create the connection with the values that its form asks for.',
  },
  'oauth.authorization_not_found': {
    status: [404],
    what: 'There is no such authorization.',
    why: 'It has expired, or belongs to another customer or tenant.',
    fix: 'Begin a new one.',
  },
  'oauth.not_yours': {
    status: [403],
    what: 'The authorization was begun by somebody else.',
    why: 'Only who began it may follow and confirm it.',
    fix: 'Begin one of your own.',
  },
  'oauth.not_confirmable': {
    status: [409],
    what: 'The authorization cannot be confirmed now.',
    why: 'The person has not signed in yet, or it has ended.',
    fix: 'Wait until it is `awaiting` the host, or begin a new one.',
  },
  'oauth.too_many': {
    status: [429],
    what: 'Too many authorizations of this customer are under way.',
    why: 'Their number is bounded until they end or expire.',
    fix: 'Finish them, or wait ten minutes.',
  },
  'oauth.return_origin': {
    status: [400],
    what: 'The origin to return to is not allowed.',
    why: '`returnOrigin` is not among the tenant’s allowed origins.',
    fix: 'Add it to the allowed origins, or leave it out.',
  },
  'oauth.unknown_scope': {
    status: [400],
    what: 'The connector does not know this scope.',
    why: 'Only scopes that it names can be asked for.',
    fix: 'Use those that `detail` names.',
  },
  'oauth.access_denied': {
    status: [422],
    what: 'The account was not connected.',
    why: 'The service says that the person refused the access.',
    fix: 'Begin again, and allow what is asked for.',
  },
  'oauth.service_error': {
    status: [422],
    what: 'The service did not allow the sign-in.',
    why: 'It answered with an error of its own, which `detail` quotes.',
    fix: 'Check the OAuth app: client id, secret, redirect address, and which scopes it may ask for.',
  },
  ...SIGN_IN_ERRORS,
} as const satisfies ErrorArea
