import { type Connector, UserError } from '@inlay/engine'
import { checkConnector } from './check-connector.js'
import { CONTRACT_CHECKS, type ContractCheck, type ContractOptions, type ContractReport } from './contract-report.js'

/** What of a test framework is needed; vitest, jest and others have it. */
export interface TestFramework {
  /** Groups tests. */
  describe(name: string, define: () => void): unknown
  /** Defines a test. */
  it(name: string, run: () => Promise<void>, timeoutMs?: number): unknown
  /** Fails the test when the two are not equal. */
  expect(given: unknown): { toEqual(expected: unknown): unknown }
}

const TIMEOUT_MS = 120_000

/**
 * Defines a test for each check of the contract.
 *
 * @example
 * import { describe, expect, it } from 'vitest'
 * describeConnectorContract(connector, { describe, it, expect })
 */
export function describeConnectorContract(
  connector: Connector,
  options: ContractOptions & Partial<TestFramework> = {},
): void {
  const { describe, it, expect } = { ...globalFramework(), ...options }
  if (describe === undefined || it === undefined || expect === undefined) {
    throw new UserError(
      'invalid',
      'testing.no_framework',
      'There are no global tests: give `describe`, `it` and `expect`.',
    )
  }
  describe(`the connector ${connector.id}`, () => {
    // One run for all tests: the checks of failures and credentials look at the same calls.
    let report: Promise<ContractReport> | undefined
    for (const [name, promise] of Object.entries(CONTRACT_CHECKS)) {
      const check = async (): Promise<void> => {
        report ??= checkConnector(connector, options)
        const { problems } = await report
        expect(problemsOf(problems, name)).toEqual([])
      }
      it(promise, check, TIMEOUT_MS)
    }
  })
}

function problemsOf(problems: ContractReport['problems'], name: string): string[] {
  return problems
    .filter(({ check }: { check: ContractCheck }) => check === name)
    .map(({ of, problem }) => (of === '' ? problem : `${of}: ${problem}`))
}

function globalFramework(): Partial<TestFramework> {
  // Frameworks put these there when they are told to; their types are of the tests, not of this package.
  const { describe, it, expect } = globalThis as Partial<TestFramework>
  return {
    ...(describe === undefined ? {} : { describe }),
    ...(it === undefined ? {} : { it }),
    ...(expect === undefined ? {} : { expect }),
  }
}
