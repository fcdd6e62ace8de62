import { type AuthValues, baseUrlOf, type Connector } from '@inlay/engine'
import type { ContractProblem } from './contract-report.js'
import type { SeenRequest } from './failing-service.js'
import { CANARIES } from './made-up-values.js'

/** What could be seen of an attempt. */
export interface SeenAttempt {
  readonly of: string
  readonly connector: Connector
  readonly auth: AuthValues
  readonly input: unknown
  /** Origins that may be called without credentials. */
  readonly origins: readonly string[]
  readonly errorText: string
  readonly logged: readonly string[]
  readonly requests: readonly SeenRequest[]
}

/** Where credentials turned up that do not belong there, and who was called that is not the service. */
export function credentialProblems(seen: SeenAttempt): ContractProblem[] {
  const { of, connector, auth, input, origins, errorText, logged, requests } = seen
  // Addresses that people write into the input are theirs to choose.
  const own = new Set([...originsOf(connector, auth), ...originsIn(input)])
  const allowed = new Set([...own, ...origins])
  const strangers = new Set(requests.map(({ origin }) => origin).filter((origin) => !allowed.has(origin)))
  const problem = (text: string): ContractProblem => ({ check: 'credentials', of, problem: text })
  return [
    ...(isShown(errorText) ? [problem('credentials are in the text of its errors')] : []),
    ...(logged.some(isShown) ? [problem('credentials are in what it logs')] : []),
    ...[...strangers].map((origin) => problem(`it calls ${origin}, which is not its service`)),
    ...(requests.some(({ origin, hasCredentials }) => hasCredentials && !own.has(origin))
      ? [problem('it shows credentials to others than its service')]
      : []),
  ]
}

function isShown(text: string): boolean {
  return CANARIES.some((canary) => text.includes(canary))
}

function originsOf({ api }: Connector, auth: AuthValues): string[] {
  return api === undefined ? [] : [baseUrlOf(api, auth).origin, ...(api.origins ?? [])]
}

function originsIn(input: unknown): string[] {
  const urls = JSON.stringify(input ?? null).match(/https?:\/\/[^\s"\\<>]+/g) ?? []
  return urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin)
}
