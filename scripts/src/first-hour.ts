/**
 * `pnpm first-hour`: what a new user meets in the first hour, measured by the tests that tell of it, as twenty checks.
 * Ends with 1 when fewer than 18 pass, or one that must.
 *
 * `--write` puts the figures into docs/first-hour.md, `--clean` also starts a fresh clone, `--only 8,15` runs some.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build/build.js'
import { Refusal, runCommand } from './failure.js'
import { CHECKS, evidenceFiles } from './first-hour/checks.js'
import { measureCleanStart } from './first-hour/clean-start.js'
import { isGoodEnough, judgeAll, scoreOf } from './first-hour/judge.js'
import { describeMachine } from './first-hour/machine.js'
import { runEvidence, weighLoader } from './first-hour/run-evidence.js'
import { markdownTable, printTable, scoreLine, withFigures } from './first-hour/table.js'
import { ROOT } from './paths.js'
import { step } from './progress.js'

const DOCUMENT = join(ROOT, 'docs/first-hour.md')

runCommand(async (signal) => {
  const { write, clean, only } = readOptions()
  const checks = only === undefined ? CHECKS : CHECKS.filter(({ number }) => only.includes(number))
  const facts = `Taken on ${new Date().toISOString().slice(0, 10)}: ${describeMachine()}.`
  await build(signal)
  const cleanSeconds = clean ? await step('Starting a fresh clone', () => measureCleanStart(signal)) : undefined
  const evidence = await runEvidence(evidenceFiles(checks), signal)
  if (checks.some(({ number }) => number === 8)) await weighLoader(evidence)
  if (cleanSeconds !== undefined) evidence.note(3, { cleanSeconds })
  const judged = judgeAll(checks, evidence)
  console.log(`\n${facts}\n\n${printTable(judged)}\n`)
  if (only !== undefined) return scoreOf(judged) === judged.length ? 0 : 1
  console.log(scoreLine(judged))
  if (write) writeFileSync(DOCUMENT, withFigures(readFileSync(DOCUMENT, 'utf8'), markdownTable(judged, facts)))
  return isGoodEnough(judged) ? 0 : 1
})

interface Options {
  readonly write: boolean
  readonly clean: boolean
  readonly only: readonly number[] | undefined
}

/** @throws Refusal when an option is not known, or `--only` and `--write` are both given */
function readOptions(): Options {
  const options = { write: { type: 'boolean' }, clean: { type: 'boolean' }, only: { type: 'string' } } as const
  try {
    const { values } = parseArgs({ options })
    const only = values.only?.split(',').map(Number)
    if (only !== undefined && values.write === true) throw new Error('--write needs all checks, not --only some')
    if (only?.some((number) => !CHECKS.some((check) => check.number === number)))
      throw new Error('--only takes numbers of checks, such as 8,15')
    return { write: values.write ?? false, clean: values.clean ?? false, only }
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}: see scripts/src/first-hour.ts.`)
  }
}
