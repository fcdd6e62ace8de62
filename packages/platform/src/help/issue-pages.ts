import { EVALUATION_CODES, ISSUE_CODES } from '@inlay/engine'
import { EVALUATION_HELP } from './evaluation-list.js'
import { ISSUE_HELP } from './issue-list.js'

/** All codes of issues, and of expressions that fail while they run, as one Markdown document. */
export function issuesMarkdown(): string {
  const issues = linesOf(ISSUE_HELP, ISSUE_CODES)
  return `${INTRODUCTION}\n\n${issues}\n\n${EVALUATIONS}\n\n${linesOf(EVALUATION_HELP, EVALUATION_CODES)}\n`
}

function linesOf<Code extends string>(
  help: Readonly<Record<Code, string>>,
  facts: Readonly<Record<Code, readonly string[]>>,
): string {
  // Object.keys loses the key type of the list.
  const codes = Object.keys(help) as Code[]
  return codes.map((code) => `- \`${code}\`: ${help[code]}${detailsOf(facts[code])}`).join('\n')
}

function detailsOf(facts: readonly string[]): string {
  const names = facts.map((name) => (name.endsWith('?') ? `[\`${name.slice(0, -1)}\`]` : `\`${name}\``))
  return names.length === 0 ? '' : ` Details: ${names.join(', ')}.`
}

const INTRODUCTION = `# Issues of definitions

What is wrong with a workflow's definition comes as a list of issues: from \`POST /v1/workflows/validate\`, with every draft,
and in the problem \`definition.invalid\`. Each has a \`code\` that is stable and for programs; a \`pointer\` (JSON Pointer) to
the place; the \`stepId\` of the innermost step; a \`message\` for people, in English, whose words may change; often what was
\`expected\`; and \`details\`, the facts that belong to the code. Details in brackets are there when they are known. New codes
may be added: show the message of a code that you do not know.`

const EVALUATIONS = `## Expressions that fail while they run

The error of such a step (kind \`expression\` or \`limit\`) has in its \`data\` the \`expression\`, the \`pointer\` to the text
that holds it, the \`offset\` of the part that failed, and a \`code\` with its \`details\`. Kinds of values are \`text\`, \`number\`,
\`boolean\`, \`list\`, \`object\`, \`function\`, \`null\` and \`nothing\`; \`name\` is the function or the operator.`
