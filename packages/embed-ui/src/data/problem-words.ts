import type { MessageKey } from '../messages/messages.js'
import { PROBLEM_MESSAGES } from '../messages/problem-messages.js'

/** Codes of the API that are said in words of others, or in words for several. */
const SHARED: Readonly<Record<string, MessageKey>> = {
  'request.incomplete': 'problem.network',
  'request.too_deep': 'problem.request.too_large',
  not_found: 'problem.gone',
  'cursor.invalid': 'problem.changed',
  internal: 'stepTest.advice.bug',
  'embed.token_invalid': 'problem.setup',
  'embed.token_used': 'problem.setup',
  'embed.origin_denied': 'problem.setup',
  'domain.other_tenant': 'problem.setup',
  'domain.unknown': 'problem.setup',
  'tenant.not_found': 'problem.setup',
  'workflow.no_connector_trigger': 'problem.changed',
  'workflow.unknown_step': 'problem.gone',
  'workflow_test.not_found': 'problem.gone',
  'template.not_found': 'problem.gone',
  'automation.not_found': 'problem.gone',
  'automation.changed': 'problem.changed',
  'run.unknown_step': 'problem.gone',
  'journal.invalid_text': 'problem.request.malformed',
  'connection.no_method': 'problem.changed',
  'connector.no_options': 'problem.changed',
  'connector.no_schema': 'problem.changed',
  'oauth.not_oauth': 'problem.changed',
  'oauth.unknown_scope': 'problem.changed',
  'oauth.return_origin': 'problem.setup',
  'oauth.link': 'problem.oauth.not_confirmable',
  'oauth.state': 'problem.oauth.not_confirmable',
  'oauth.connector': 'problem.oauth.not_confirmable',
  'oauth.issuer': 'problem.oauth.not_confirmable',
  'oauth.code': 'problem.oauth.not_confirmable',
  'oauth.expired': 'problem.oauth.not_confirmable',
  'oauth.form': 'problem.oauth.not_confirmable',
  'oauth.done': 'problem.oauth.not_confirmable',
  'oauth.declined': 'problem.oauth.access_denied',
  'oauth.browser': 'problem.oauth.not_yours',
  'oauth.member': 'problem.oauth.not_yours',
  'step.validation': 'failure.kind.validation',
  'step.expression': 'failure.kind.expression',
  'step.authentication': 'failure.kind.authentication',
  'step.authorization': 'failure.kind.authorization',
  'step.timeout': 'failure.kind.timeout',
  'step.rate_limited': 'failure.kind.rate_limited',
  'step.communication': 'failure.kind.communication',
  'step.rejected': 'failure.kind.rejected',
  'step.limit': 'failure.kind.limit',
  'step.cancelled': 'failure.kind.cancelled',
  'step.bug': 'failure.kind.bug',
}

/** The text that is said for a code of the API; undefined for one that these words do not know. */
export function problemKey(code: string): MessageKey | undefined {
  const own = `problem.${code}`
  if (isOwn(own)) return own
  return Object.hasOwn(SHARED, code) ? SHARED[code] : undefined
}

function isOwn(key: string): key is keyof typeof PROBLEM_MESSAGES {
  return Object.hasOwn(PROBLEM_MESSAGES, key)
}
