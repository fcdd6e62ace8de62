import { type Evidence, MissingFigure, type Proof } from './evidence.js'

/** What a check comes to. */
export interface Verdict {
  /** In words, for the table. */
  readonly measured: string
  readonly passes: boolean
}

/** One of the twenty things that a new user finds out in the first hour. */
export interface Check {
  readonly number: number
  readonly question: string
  readonly target: string
  /** Tests that all have to pass. */
  readonly proofs: readonly Proof[]
  /** @throws MissingFigure when the evidence has none */
  judge(evidence: Evidence): Verdict
}

/** A check with its verdict. */
export interface Judged extends Check {
  readonly verdict: Verdict
}

/** At least so many have to pass … */
export const LEAST_PASSES = 18
/** … and all of these. */
export const MUST_PASS: readonly number[] = [1, 6, 9, 13, 15, 19]

/** Holds the evidence against the checks. */
export function judgeAll(checks: readonly Check[], evidence: Evidence): readonly Judged[] {
  return checks.map((check) => ({ ...check, verdict: judgeOne(check, evidence) }))
}

function judgeOne(check: Check, evidence: Evidence): Verdict {
  const gaps = check.proofs.flatMap((proof) => evidence.gaps(proof))
  try {
    const { measured, passes } = check.judge(evidence)
    return { measured: [measured, ...gaps].join('; '), passes: passes && gaps.length === 0 }
  } catch (error) {
    if (!(error instanceof MissingFigure)) throw error
    return { measured: [`no figure for ${error.message}`, ...gaps].join('; '), passes: false }
  }
}

/** How many pass. */
export function scoreOf(judged: readonly Judged[]): number {
  return judged.filter(({ verdict }) => verdict.passes).length
}

/** Whether the product may be shipped. */
export function isGoodEnough(judged: readonly Judged[]): boolean {
  const mustPass = judged.filter(({ number }) => MUST_PASS.includes(number))
  return scoreOf(judged) >= LEAST_PASSES && mustPass.every(({ verdict }) => verdict.passes)
}
