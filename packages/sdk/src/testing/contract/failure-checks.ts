import {
  type ActionContext,
  type AuthValues,
  baseUrlOf,
  type Connector,
  isInlayError,
  isSuspension,
  type JsonObject,
  StepError,
} from '@inlay/engine'
import { withTestContext } from '../test-context.js'
import type { CheckContext, ContractProblem } from './contract-report.js'
import { FAILURES, type FailingService, type Failure, type FailureName, type SeenRequest } from './failing-service.js'
import { CANARIES, CANARY, madeUpAuth, madeUpInput } from './made-up-values.js'

/** Something of a connector that calls its service. */
interface Attempt {
  readonly of: string
  readonly needsInput: boolean
  readonly input: unknown
  /** Resolves to what is wrong with the result, or nothing. */
  run(context: Omit<ActionContext, 'input'>): Promise<string | undefined>
}

/** What became of the attempts. */
export interface FailureFindings {
  readonly problems: readonly ContractProblem[]
  readonly exceptions: readonly { readonly of: string; readonly reason: string }[]
  readonly callsTried: number
}

const FAILURE_NAMES = Object.keys(FAILURES) as FailureName[]
const AT_ONCE = 8
const GIVES_UP_WITHIN_MS = 2000

/** Lets every action, trigger and loader meet a service that fails in every way. */
export async function checkFailures(check: CheckContext, service: FailingService): Promise<FailureFindings> {
  const problems: ContractProblem[] = []
  const exceptions: { of: string; reason: string }[] = []
  let callsTried = 0
  const attempts = attemptsOf(check)
  const meet = async (attempt: Attempt): Promise<void> => {
    const reason = exceptionOf(check, attempt.of) ?? (attempt.input === undefined ? NO_INPUT : undefined)
    if (reason !== undefined) return void exceptions.push({ of: attempt.of, reason })
    const found = await meetFailures(check, attempt, service)
    problems.push(...found.problems)
    exceptions.push(...found.exceptions)
    callsTried += found.callsTried
  }
  for (let next = 0; next < attempts.length; next += AT_ONCE) {
    await Promise.all(attempts.slice(next, next + AT_ONCE).map(meet))
  }
  return { problems, exceptions, callsTried }
}

const NO_INPUT = 'it has no sample input; give one in `inputs`'

function exceptionOf({ options }: CheckContext, of: string, failure?: string): string | undefined {
  const { exceptions = {} } = options
  return failure === undefined ? exceptions[of] : (exceptions[`${of}:${failure}`] ?? exceptions[failure])
}

async function meetFailures(check: CheckContext, attempt: Attempt, service: FailingService): Promise<FailureFindings> {
  const problems: ContractProblem[] = []
  const exceptions: { of: string; reason: string }[] = []
  let callsTried = 0
  for (const failure of FAILURE_NAMES) {
    const reason = exceptionOf(check, attempt.of, failure)
    if (reason !== undefined) {
      exceptions.push({ of: `${attempt.of}:${failure}`, reason })
      continue
    }
    const met = await meetFailure(check, { attempt, failure, service })
    problems.push(...met.problems)
    if (met.isWithoutCalls) {
      exceptions.push({ of: attempt.of, reason: 'it calls no service over HTTP' })
      return { problems, exceptions, callsTried }
    }
    callsTried += 1
  }
  problems.push(...(await meetAbort(check, attempt, service)))
  return { problems, exceptions, callsTried: callsTried + 1 }
}

interface Meeting {
  readonly attempt: Attempt
  readonly failure: FailureName
  readonly service: FailingService
}

async function meetFailure(check: CheckContext, { attempt, failure, service }: Meeting) {
  const door = service.door(failure, { canaries: CANARIES })
  const logged: string[] = []
  const outcome = await outcomeOf(check, attempt, { http: door.http, log: (text) => logged.push(text) })
  const told = outcomeProblem(outcome, FAILURES[failure], door.seen.length > 0)
  const { of } = attempt
  const problems: ContractProblem[] = [
    ...(told === undefined ? [] : [{ check: 'failures' as const, of, problem: `on "${failure}" ${told}` }]),
    ...credentialProblems(check, { of, outcome, logged, seen: door.seen }),
  ]
  return { problems, isWithoutCalls: door.seen.length === 0 }
}

/** How an attempt ended. */
type Outcome = { readonly wrong: string | undefined } | { readonly thrown: unknown }

async function outcomeOf(
  { connector, options }: CheckContext,
  attempt: Attempt,
  given: { http: ActionContext['http']; log: (text: string) => void; signal?: AbortSignal },
): Promise<Outcome> {
  const keep = (message: string, data?: JsonObject): void => given.log(`${message} ${JSON.stringify(data ?? {})}`)
  const contextOptions = {
    auth: options.auth ?? madeUpAuth(connector),
    http: given.http,
    log: { info: keep, warn: keep },
    files: anyFile,
    ...(given.signal === undefined ? {} : { signal: given.signal }),
  }
  try {
    const wrong = await withTestContext(connector, contextOptions, (context) =>
      attempt.run({ ...context, idempotencyKey: 'test-key', callbackUrl: () => 'https://callback.test/key' }),
    )
    return { wrong }
  } catch (thrown) {
    return { thrown }
  }
}

/** Samples name files that nobody has written. */
const anyFile: ActionContext['files'] = {
  write: async ({ name, contentType, bytes }) => ({ $file: 'file_1', name, contentType, size: bytes.length }),
  read: async () => Buffer.from('file'),
}

function outcomeProblem(outcome: Outcome, failure: Failure, hasCalled: boolean): string | undefined {
  if (!('thrown' in outcome)) {
    if (outcome.wrong !== undefined) return outcome.wrong
    return !hasCalled || failure.maySucceed === true ? undefined : 'it gave a result as if nothing had happened'
  }
  const { thrown } = outcome
  if (!(isInlayError(thrown) && 'kind' in thrown)) return `it threw ${nameOf(thrown)} instead of a StepError`
  // The symbol and the kind make it a step error, of whichever copy of the package.
  const error = thrown as StepError
  if (!hasCalled) return `it failed before it called the service: ${error.message} (${error.detail ?? ''})`
  if (!failure.kinds.includes(error.kind)) {
    return `it failed as ${error.kind}, which should be ${failure.kinds.join(' or ')}: ${error.message}`
  }
  if (failure.retryAfterMs !== undefined && error.retryAfterMs !== failure.retryAfterMs) {
    return 'it did not pass on how long the service asks to wait (retryAfterMs)'
  }
  return undefined
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `a ${typeof thrown}`
}

interface Shown {
  readonly of: string
  readonly outcome: Outcome
  readonly logged: readonly string[]
  readonly seen: readonly SeenRequest[]
}

function credentialProblems(check: CheckContext, { of, outcome, logged, seen }: Shown): ContractProblem[] {
  const own = ownOrigins(check)
  const allowed = new Set([...own, ...(check.options.origins ?? []), ...originsIn(check, of)])
  const isShown = (text: string): boolean => CANARIES.some((canary) => text.includes(canary))
  const problem = (text: string): ContractProblem => ({ check: 'credentials', of, problem: text })
  const strange = [...new Set(seen.map(({ origin }) => origin).filter((origin) => !allowed.has(origin)))]
  return [
    ...('thrown' in outcome && isShown(textOf(outcome.thrown))
      ? [problem('credentials are in the text of its errors')]
      : []),
    ...(logged.some(isShown) ? [problem('credentials are in what it logs')] : []),
    ...strange.map((origin) => problem(`it calls ${origin}, which is not its service`)),
    ...(seen.some(
      ({ origin, hasCredentials }) => hasCredentials && !own.has(origin) && !originsIn(check, of).has(origin),
    )
      ? [problem('it shows credentials to others than its service')]
      : []),
  ]
}

function textOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const { detail, data } = thrown as Partial<StepError>
  return `${thrown.message} ${detail ?? ''} ${JSON.stringify(data ?? null)}`
}

function ownOrigins({ connector, options }: CheckContext): Set<string> {
  if (connector.api === undefined) return new Set()
  const auth: AuthValues = options.auth ?? madeUpAuth(connector)
  return new Set([baseUrlOf(connector.api, auth).origin, ...(connector.api.origins ?? [])])
}

/** Addresses that people write into the input are theirs to choose. */
function originsIn({ connector, options }: CheckContext, of: string): Set<string> {
  const input = options.inputs?.[of] ?? connector.actions[of]?.sampleInput ?? {}
  const urls = JSON.stringify(input).match(/https?:\/\/[^\s"\\<>]+/g) ?? []
  return new Set(urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin))
}

async function meetAbort(check: CheckContext, attempt: Attempt, service: FailingService): Promise<ContractProblem[]> {
  const controller = new AbortController()
  const reason = new StepError('cancelled', 'The check gave up')
  const { http } = service.door('hang', {
    canaries: CANARIES,
    onRequest: () => setTimeout(() => controller.abort(reason), 20),
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), GIVES_UP_WITHIN_MS)
  })
  const outcome = await Promise.race([
    outcomeOf(check, attempt, { http, log: () => {}, signal: controller.signal }),
    late,
  ])
  clearTimeout(timer)
  const problem = (text: string): ContractProblem[] => [{ check: 'failures', of: attempt.of, problem: text }]
  if (outcome === 'late') return problem('it goes on though it was told to stop: pass `signal` to every call')
  return 'thrown' in outcome ? [] : problem('it gave a result though it was told to stop')
}

function attemptsOf(check: CheckContext): Attempt[] {
  const { connector, options } = check
  const { inputs = {} } = options
  const actions = Object.entries(connector.actions).map(([id, action]): Attempt => {
    const input = action.input.safeParse(inputs[id] ?? action.sampleInput).data
    return {
      of: id,
      needsInput: true,
      input,
      run: async (context) => {
        const result = await action.run({ ...context, input })
        return isSuspension(result) || action.output.safeParse(result).success
          ? undefined
          : 'it gave a result that does not fit its output'
      },
    }
  })
  return [...actions, ...triggerAttempts(connector, inputs), ...loaderAttempts(connector)]
}

function triggerAttempts(connector: Connector, inputs: Readonly<Record<string, JsonObject>>): Attempt[] {
  return Object.entries(connector.triggers).flatMap(([id, trigger]): Attempt[] => {
    const input = trigger.input.safeParse(inputs[id] ?? madeUpInput(trigger.input)).data
    const common = { of: id, needsInput: true, input }
    if (trigger.kind === 'polling') {
      const run: Attempt['run'] = async (context) => {
        const { items } = await trigger.poll({ ...context, input, cursor: null, isFirst: true, now: Date.now() })
        const isFitting = items.every(({ data }) => trigger.output.safeParse(data).success)
        return isFitting ? undefined : 'it gave items that do not fit its output'
      }
      return [{ ...common, run }]
    }
    if (trigger.kind !== 'webhook') return []
    const run: Attempt['run'] = async (context) => {
      await trigger.register({ ...context, input, webhookUrl: 'https://hooks.test/hooks/token', secret: CANARY })
      return undefined
    }
    return [{ ...common, run }]
  })
}

function loaderAttempts(connector: Connector): Attempt[] {
  const members = Object.entries({ ...connector.actions, ...connector.triggers })
  return members.flatMap(([id, { options, schemas, input, ...member }]) => {
    const sample = 'sampleInput' in member ? member.sampleInput : madeUpInput(input)
    const filled = (sample ?? {}) as JsonObject
    const toAttempt = (field: string, load: Attempt['run']): Attempt => ({
      of: `${id}.${field}`,
      needsInput: true,
      input: filled,
      run: async (context) => void (await load(context)),
    })
    return [
      ...Object.entries(options).map(([field, { load }]) =>
        toAttempt(field, async (context) => void (await load({ ...context, input: filled, search: '' }))),
      ),
      ...Object.entries(schemas).map(([field, { load }]) =>
        toAttempt(field, async (context) => void (await load({ ...context, input: filled }))),
      ),
    ]
  })
}
