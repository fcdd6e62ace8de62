/** What the tests have shown: which passed, and the figures that they noted. */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { z } from 'zod'
import { ROOT } from '../paths.js'

/** Tests that show a check. */
export interface Proof {
  /** From the root of the repository. */
  readonly file: string
  /** Which tests of the file, by their names. @default all */
  readonly tests?: RegExp
}

export interface TestOutcome {
  readonly file: string
  readonly name: string
  readonly hasPassed: boolean
}

/** A figure that no story has noted: its check fails, and says so. */
export class MissingFigure extends Error {}

const figure = z.union([z.number(), z.boolean(), z.string(), z.array(z.string())])
const line = z.object({ check: z.number(), figures: z.record(z.string(), figure) })
type Figure = z.infer<typeof figure>

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

/** All evidence of one run of the command. */
export class Evidence {
  readonly #figures = new Map<string, Figure>()

  constructor(private readonly tests: readonly TestOutcome[]) {}

  /** Adds what a story has noted; a later note takes the place of an earlier one. */
  note(check: number, figures: Readonly<Record<string, Figure>>): void {
    for (const [name, value] of Object.entries(figures)) this.#figures.set(`${check}.${name}`, value)
  }

  /** @throws MissingFigure when nobody has noted it as a number */
  number(check: number, name: string): number {
    const value = this.#figures.get(`${check}.${name}`)
    if (typeof value !== 'number') throw new MissingFigure(name)
    return value
  }

  /** @throws MissingFigure when nobody has noted it as a fact */
  fact(check: number, name: string): boolean {
    const value = this.#figures.get(`${check}.${name}`)
    if (typeof value !== 'boolean') throw new MissingFigure(name)
    return value
  }

  /** @throws MissingFigure when nobody has noted it as a text */
  text(check: number, name: string): string {
    const value = this.#figures.get(`${check}.${name}`)
    if (typeof value !== 'string') throw new MissingFigure(name)
    return value
  }

  /** @throws MissingFigure when nobody has noted it as a list */
  list(check: number, name: string): readonly string[] {
    const value = this.#figures.get(`${check}.${name}`)
    if (!Array.isArray(value)) throw new MissingFigure(name)
    return value
  }

  /** Whether somebody has noted it. */
  has(check: number, name: string): boolean {
    return this.#figures.has(`${check}.${name}`)
  }

  /** How many tests of a proof have passed. */
  passed(proof: Proof): number {
    return this.#of(proof).filter(({ hasPassed }) => hasPassed).length
  }

  /** Why a proof is none: the tests of it that failed, or that nothing of it has run. Empty when all is well. */
  gaps(proof: Proof): readonly string[] {
    const tests = this.#of(proof)
    if (tests.length === 0) return [`${proof.file} did not run`]
    return tests.filter(({ hasPassed }) => !hasPassed).map(({ name }) => `“${name}” did not pass (${proof.file})`)
  }

  #of({ file, tests }: Proof): readonly TestOutcome[] {
    return this.tests.filter((test) => test.file === file && (tests?.test(test.name) ?? true))
  }
}

/** Reads what vitest (its JSON report) and the stories have left; what is not there has not run. */
export function readEvidence(reportFile: string, figuresFile: string): Evidence {
  const results = existsSync(reportFile) ? report.parse(JSON.parse(readFileSync(reportFile, 'utf8'))).testResults : []
  const evidence = new Evidence(
    results.flatMap(({ name: file, assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({
        file: relative(ROOT, file),
        name: fullName,
        hasPassed: status === 'passed',
      })),
    ),
  )
  const lines = existsSync(figuresFile) ? readFileSync(figuresFile, 'utf8').split('\n').filter(Boolean) : []
  for (const text of lines) {
    const { check, figures } = line.parse(JSON.parse(text))
    evidence.note(check, figures)
  }
  return evidence
}
