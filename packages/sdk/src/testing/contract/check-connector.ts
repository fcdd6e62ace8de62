import type { Connector } from '@inlay/engine'
import {
  type CheckContext,
  CONTRACT_CHECKS,
  type ContractCheck,
  type ContractOptions,
  type ContractProblem,
  type ContractReport,
} from './contract-report.js'
import { deliveriesCheck } from './delivery-checks.js'
import { definitionCheck, displayCheck } from './display-checks.js'
import { startFailingService } from './failing-service.js'
import { checkFailures } from './failure-checks.js'
import { samplesCheck, schemasCheck, secretsCheck } from './schema-checks.js'

type StaticCheck = Exclude<ContractCheck, 'failures' | 'credentials'>

const STATIC_CHECKS: Readonly<
  Record<StaticCheck, (check: CheckContext) => ContractProblem[] | Promise<ContractProblem[]>>
> = {
  definition: ({ connector }) => definitionCheck(connector),
  display: ({ connector }) => displayCheck(connector),
  schemas: ({ connector }) => schemasCheck(connector),
  samples: ({ connector }) => samplesCheck(connector),
  secrets: ({ connector }) => secretsCheck(connector),
  deliveries: deliveriesCheck,
}

/**
 * Checks a connector against the contract: what it says of itself, and what it makes of a service that fails in every
 * way. Nothing leaves this machine: a stub stands in for every address.
 *
 * @example
 * expect((await checkConnector(connector)).problems).toEqual([])
 */
export async function checkConnector(connector: Connector, options: ContractOptions = {}): Promise<ContractReport> {
  const check = { connector, options }
  const excepted = options.exceptions ?? {}
  const isExcepted = (name: string): boolean => Object.hasOwn(excepted, name)
  const known: ContractProblem[] = []
  // The record's keys are the names of these checks.
  for (const name of Object.keys(STATIC_CHECKS) as StaticCheck[]) {
    if (!isExcepted(name)) known.push(...(await STATIC_CHECKS[name](check)))
  }
  const behaviour = isExcepted('failures') ? NOTHING : await behaviourOf(check)
  const problems = [...known, ...behaviour.problems].filter(
    ({ check: name, of }) => !isExcepted(name) && !isExcepted(of),
  )
  const reasons = Object.keys(CONTRACT_CHECKS)
    .filter(isExcepted)
    .map((name) => ({ of: name, reason: excepted[name] ?? '' }))
  return {
    connector: connector.id,
    isKept: problems.length === 0,
    problems,
    exceptions: [...reasons, ...behaviour.exceptions],
    callsTried: behaviour.callsTried,
  }
}

const NOTHING = { problems: [], exceptions: [], callsTried: 0 }

async function behaviourOf(check: CheckContext) {
  const service = await startFailingService()
  try {
    return await checkFailures(check, service)
  } finally {
    await service.close()
  }
}
