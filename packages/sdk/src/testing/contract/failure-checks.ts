import { type AuthValues, StepError } from '@inlay/engine'
import { type Attempt, attemptsOf } from './attempts.js'
import type { CheckContext, ContractProblem } from './contract-report.js'
import { credentialProblems } from './credential-checks.js'
import { FAILURES, type FailingService, type FailureName } from './failing-service.js'
import { CANARIES, madeUpAuths } from './made-up-values.js'
import { outcomeOf, outcomeProblem, textOf } from './outcome.js'

/** What became of the attempts. */
export interface FailureFindings {
  readonly problems: readonly ContractProblem[]
  readonly exceptions: readonly { readonly of: string; readonly reason: string }[]
  readonly callsTried: number
}

// The record's keys are the names of these failures.
const FAILURE_NAMES = Object.keys(FAILURES) as FailureName[]
const AT_ONCE = 8
const GIVES_UP_WITHIN_MS = 2000
const NO_INPUT = 'it has no sample input; give one in `inputs`'

/** Lets every action, trigger and loader meet a service that fails in every way. */
export async function checkFailures(check: CheckContext, service: FailingService): Promise<FailureFindings> {
  const attempts = attemptsOf(check)
  const found: FailureFindings[] = []
  for (let next = 0; next < attempts.length; next += AT_ONCE) {
    const some = attempts.slice(next, next + AT_ONCE)
    found.push(...(await Promise.all(some.map((attempt) => meetFailures(check, attempt, service)))))
  }
  return {
    problems: found.flatMap(({ problems }) => problems),
    exceptions: found.flatMap(({ exceptions }) => exceptions),
    callsTried: found.reduce((sum, { callsTried }) => sum + callsTried, 0),
  }
}

async function meetFailures(check: CheckContext, attempt: Attempt, service: FailingService): Promise<FailureFindings> {
  const { exceptions: excepted = {} } = check.options
  const { of } = attempt
  const leftOut = (reason: string): FailureFindings => ({ problems: [], exceptions: [{ of, reason }], callsTried: 0 })
  const reason = excepted[of] ?? (attempt.input === undefined ? NO_INPUT : undefined)
  if (reason !== undefined) return leftOut(reason)
  const auth = await workingAuth(check, attempt, service)
  const reasonOf = (failure: FailureName) => excepted[`${of}:${failure}`] ?? excepted[failure]
  const problems: ContractProblem[] = []
  let callsTried = 0
  for (const failure of FAILURE_NAMES.filter((name) => reasonOf(name) === undefined)) {
    const met = await meetFailure(check, { attempt, auth, failure, service })
    problems.push(...met.problems)
    if (met.isWithoutCalls) return { ...leftOut('it calls no service over HTTP'), problems }
    callsTried += 1
  }
  problems.push(...(await meetAbort(check, { attempt, auth, service })))
  const exceptions = FAILURE_NAMES.flatMap((name) => {
    const why = reasonOf(name)
    return why === undefined ? [] : [{ of: `${of}:${name}`, reason: why }]
  })
  return { problems: unique(problems), exceptions, callsTried: callsTried + 1 }
}

/** Credentials of the first way to connect with which an attempt gets as far as its service. */
async function workingAuth(check: CheckContext, attempt: Attempt, service: FailingService): Promise<AuthValues> {
  const { connector, options } = check
  if (options.auth !== undefined) return options.auth
  const [first, ...others] = madeUpAuths(connector)
  if (others.length === 0) return first
  for (const auth of [first, ...others]) {
    const { http, seen } = service.door('down', { canaries: CANARIES })
    await outcomeOf(attempt, { connector, auth, http })
    if (seen.length > 0) return auth
  }
  return first
}

interface Meeting {
  readonly attempt: Attempt
  readonly auth: AuthValues
  readonly service: FailingService
}

async function meetFailure(check: CheckContext, meeting: Meeting & { readonly failure: FailureName }) {
  const { attempt, auth, failure, service } = meeting
  const { connector, options } = check
  const { of, input } = attempt
  const { http, seen: requests } = service.door(failure, { canaries: CANARIES })
  const logged: string[] = []
  const outcome = await outcomeOf(attempt, { connector, auth, http, log: (text) => logged.push(text) })
  const told = outcomeProblem(outcome, FAILURES[failure], requests.length > 0)
  const seen = {
    of,
    connector,
    auth,
    input,
    origins: options.origins ?? [],
    errorText: textOf(outcome),
    logged,
    requests,
  }
  const problems: ContractProblem[] = [
    ...(told === undefined ? [] : [{ check: 'failures' as const, of, problem: `on "${failure}" ${told}` }]),
    ...credentialProblems(seen),
  ]
  return { problems, isWithoutCalls: requests.length === 0 }
}

async function meetAbort({ connector }: CheckContext, { attempt, auth, service }: Meeting): Promise<ContractProblem[]> {
  const controller = new AbortController()
  const reason = new StepError('cancelled', 'The check gave up')
  const onRequest = (): void => void setTimeout(() => controller.abort(reason), 20)
  const { http } = service.door('hang', { canaries: CANARIES, onRequest })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), GIVES_UP_WITHIN_MS)
  })
  const outcome = await Promise.race([outcomeOf(attempt, { connector, auth, http, signal: controller.signal }), late])
  clearTimeout(timer)
  const problem = (text: string): ContractProblem[] => [{ check: 'failures', of: attempt.of, problem: text }]
  if (outcome === 'late') return problem('it goes on though it was told to stop: pass `signal` to every call')
  return 'thrown' in outcome ? [] : problem('it gave a result though it was told to stop')
}

/** A leak shows in each failure; once is enough to say so. */
function unique(problems: readonly ContractProblem[]): ContractProblem[] {
  return [...new Map(problems.map((each) => [`${each.check} ${each.problem}`, each])).values()]
}
