import type { ErrorArea } from './error-help.js'

/** Of calls to connected services through the proxy. */
export const PROXY_ERRORS = {
  'proxy.path': {
    status: [400],
    what: 'The path cannot be passed on.',
    why: 'It leads out of the service’s API, or is not written as a path.',
    fix: 'Send the path of the service’s API, below its base address.',
  },
  'proxy.method': {
    status: [400],
    what: 'The method cannot be passed on.',
    why: 'Only the usual methods are.',
    fix: 'Use one that `detail` names.',
  },
  'proxy.invalid': {
    status: [400],
    what: 'The request cannot be sent.',
    why: 'Something of it is not valid HTTP, or the settings of the connection are wrong.',
    fix: 'Correct what `detail` names.',
  },
  'proxy.base': {
    status: [403],
    what: 'The credentials of this connection may not be sent there.',
    why: 'A connector names the origins to which its credentials go; the one that was asked for is none of them.',
    fix: 'Choose one that `detail` names.',
  },
  'proxy.no_api': {
    status: [422],
    what: 'The connector has no HTTP API to call.',
    why: 'Only connections of connectors that name an API can be called through the proxy.',
    fix: 'Use an action of the connector in a workflow.',
  },
  'proxy.reconnect_needed': {
    status: [422],
    what: 'The account has to be connected again.',
    why: 'The service refuses the credentials, and they could not be renewed.',
    fix: 'Ask the customer to connect the account again.',
  },
  'proxy.not_permitted': {
    status: [422],
    what: 'The call is not permitted.',
    why: 'The connector is blocked, or the connection lacks a scope.',
    fix: 'Switch the connector on, or connect the account again with the scope.',
  },
  'proxy.refused': {
    status: [422],
    what: 'The address is refused.',
    why: 'It is private, or the operator’s outbound proxy does not allow it.',
    fix: 'Call a public address, or ask the operator to allow this one.',
  },
  'proxy.held_back': {
    status: [429],
    what: 'The call would have to wait too long.',
    why: 'The pace that the service allows the account is used up, the service asked for a pause, or it keeps failing.',
    fix: 'Try again after `Retry-After`.',
  },
  'proxy.too_many': {
    status: [429],
    what: 'Too many calls are in progress.',
    why: 'Calls of one tenant at a time are bounded.',
    fix: 'Wait until some have ended.',
  },
  'proxy.unreachable': {
    status: [502],
    what: 'The service cannot be reached.',
    why: 'Its network or server has a problem, or it answered nonsense.',
    fix: 'Try again later.',
  },
  'proxy.answer_too_large': {
    status: [502],
    what: 'The service answered more than is passed on.',
    why: 'Answers are bounded.',
    fix: 'Ask for less, or in parts with `Range`.',
  },
  'proxy.timeout': {
    status: [504],
    what: 'The service took too long.',
    why: 'A call has 60 seconds.',
    fix: 'Try again, or ask for less.',
  },
  'proxy.connector_failed': {
    status: [500],
    what: 'The connector failed in a way that nobody has foreseen.',
    why: 'It threw an error that it does not describe.',
    fix: 'Report it with the request id to who makes the connector.',
  },
  'proxy.cancelled': {
    status: [503],
    what: 'The call was cancelled.',
    why: 'The caller hung up, or the server was being stopped.',
    fix: 'Send it again if it is still wanted.',
  },
} as const satisfies ErrorArea
