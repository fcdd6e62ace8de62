import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../paths.js'
import { CHECKS, evidenceFiles } from './checks.js'
import { Evidence, type Proof } from './evidence.js'
import { type Check, isGoodEnough, judgeAll, MUST_PASS, scoreOf } from './judge.js'
import { markdownTable, withFigures } from './table.js'

const proof = { file: 'a.test.ts' }
const check: Check = {
  number: 9,
  question: 'How many?',
  target: '<= 8',
  proofs: [proof],
  judge: (evidence) => ({
    measured: `${evidence.number(9, 'clicks')} clicks`,
    passes: evidence.number(9, 'clicks') <= 8,
  }),
}

function evidenceOf(clicks: number | undefined, hasPassed = true): Evidence {
  const evidence = new Evidence([{ file: proof.file, name: 'counts', hasPassed }])
  if (clicks !== undefined) evidence.note(9, { clicks })
  return evidence
}

describe('a check of the first hour', () => {
  it.each([
    ['passes by its figure', evidenceOf(5), '5 clicks', true],
    ['fails by its figure', evidenceOf(9), '9 clicks', false],
    ['fails without one', evidenceOf(undefined), 'no figure for clicks', false],
    ['fails with its test', evidenceOf(5, false), '5 clicks; “counts” did not pass (a.test.ts)', false],
    ['fails when nothing has run', new Evidence([]), 'no figure for clicks; a.test.ts did not run', false],
  ])('%s', (_name, evidence, measured, passes) => {
    expect(judgeAll([check], evidence)[0]?.verdict).toEqual({ measured, passes })
  })

  it('fails, each of the twenty, when nothing has run', () => {
    const judged = judgeAll(CHECKS, new Evidence([]))
    expect(judged.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(scoreOf(judged)).toBe(0)
    expect(judged.every(({ verdict }) => verdict.measured.includes('did not run'))).toBe(true)
  })

  it('names tests that exist', () => {
    expect(evidenceFiles(CHECKS).filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
    const proofs = CHECKS.flatMap((each) => each.proofs)
    const isThere = ({ file, tests }: Proof) => tests?.test(readFileSync(join(ROOT, file), 'utf8')) ?? true
    expect(proofs.filter((each) => !isThere(each))).toEqual([])
  })
})

describe('the score', () => {
  const judgedWith = (failing: readonly number[]) =>
    CHECKS.map((each) => ({ ...each, verdict: { measured: '', passes: !failing.includes(each.number) } }))

  it('forgives two, but none of those that must pass', () => {
    expect(isGoodEnough(judgedWith([18, 20]))).toBe(true)
    expect(isGoodEnough(judgedWith([17, 18, 20]))).toBe(false)
    for (const number of MUST_PASS) expect(isGoodEnough(judgedWith([number]))).toBe(false)
  })
})

describe('the document', () => {
  it('gets other figures between its markers, and keeps the rest', () => {
    const figures = (text: string) =>
      `# A\n\n<!-- figures: begin (pnpm first-hour --write) -->\n\n${text}\n\n<!-- figures: end -->\n\nB\n`
    expect(withFigures(figures('old'), 'new')).toBe(figures('new'))
    expect(() => withFigures('# A\n', 'new')).toThrow('no lines')
  })

  it('has a table whose cells cannot break it', () => {
    const table = markdownTable([{ ...check, verdict: { measured: 'a | b', passes: false } }], 'Taken today.')
    expect(table).toContain('| 9   | How many? | <= 8   | a \\| b   | **fail** |')
  })
})
