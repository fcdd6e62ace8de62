import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { JsonValue } from '../../contracts/json.js'
import { compileExpression } from '../template.js'
import { HELPERS, type HelperFamily } from './index.js'

const HEADINGS: Readonly<Record<HelperFamily, string>> = {
  text: 'Text',
  numbers: 'Numbers',
  lists: 'Lists',
  data: 'Objects, JSON and tables',
  dates: 'Dates and time zones',
  encodings: 'Hashing, encodings and web addresses',
}

function reference(): string {
  const families = Object.entries(HEADINGS).map(([family, heading]) => {
    const entries = HELPERS.filter((helper) => helper.family === family).map(({ signature, description, example }) => {
      const [call, result] = example.split(' → ')
      return `\`${signature}\`\n${description}\n\`${call}\` gives \`${result}\`\n`
    })
    return `## ${heading}\n\n${entries.map((entry) => `- ${entry.trimEnd().replaceAll('\n', '\n  ')}`).join('\n')}\n`
  })
  return `# Functions of expressions\n\n${INTRODUCTION}\n\n${families.join('\n')}`
}

const INTRODUCTION = `Every function that \`{{ … }}\` may call, as the builder lists them. This page is made from the code, and each example is
a test. After a change, this writes it again; how expressions work is in [expressions.md](expressions.md).

\`\`\`sh
npx vitest run packages/engine/src/expression/library/reference.test.ts --update
\`\`\``

it('the page of functions says what the functions say of themselves', async () => {
  await expect(reference()).toMatchFileSnapshot('../../../../../docs/expression-functions.md')
})

function evaluate(source: string): JsonValue {
  const compiled = compileExpression(source)
  if (!compiled.ok) throw new Error(`${source}: ${compiled.issues.map(({ message }) => message).join('; ')}`)
  return compiled.template.evaluate({ trigger: {}, steps: {}, vars: {}, run: {}, customer: {}, tenant: {} })
}

it('the page about expressions gives examples that are true', async () => {
  const page = await readFile(new URL('../../../../../docs/expressions.md', import.meta.url), 'utf8')
  const examples = [...page.matchAll(/`([^`]+)`\s+gives\s+`([^`]+)`/g)]
  expect(examples.length).toBeGreaterThan(8)
  for (const [, source = '', result = ''] of examples) expect(evaluate(source), source).toStrictEqual(evaluate(result))
})
