import { ISSUE_CODES, type IssueCode } from '@inlay/engine'
import { ISSUE_HELP } from './issue-list.js'

/** All codes of issues as one Markdown document. */
export function issuesMarkdown(): string {
  // Object.keys loses the key type of the list.
  const codes = Object.keys(ISSUE_HELP) as IssueCode[]
  return `${INTRODUCTION}\n\n${codes.map(lineOf).join('\n')}\n`
}

function lineOf(code: IssueCode): string {
  const names = ISSUE_CODES[code].map((name) => (name.endsWith('?') ? `[\`${name.slice(0, -1)}\`]` : `\`${name}\``))
  const details = names.length === 0 ? '' : ` Details: ${names.join(', ')}.`
  return `- \`${code}\`: ${ISSUE_HELP[code]}${details}`
}

const INTRODUCTION = `# Issues of definitions

What is wrong with a workflow's definition comes as a list of issues: from \`POST /v1/workflows/validate\`, with every draft,
and in the problem \`definition.invalid\`. Each has a \`code\` that is stable and for programs; a \`pointer\` (JSON Pointer) to
the place; the \`stepId\` of the innermost step; a \`message\` for people, in English, whose words may change; often what was
\`expected\`; and \`details\`, the facts that belong to the code. Details in brackets are there when they are known. New codes
may be added: show the message of a code that you do not know.`
