import { ERROR_AREAS } from './error-list.js'
import type { ErrorHelp } from './errors/error-help.js'

/** All codes as one Markdown document. */
export function errorsMarkdown(): string {
  const areas = ERROR_AREAS.map(([title, errors]) =>
    [`## ${title}`, ...Object.entries(errors).map(([code, help]) => sectionOf(code, help))].join('\n\n'),
  )
  return `${[INTRODUCTION, ...areas].join('\n\n')}\n`
}

/** One code as a Markdown document. */
export function errorMarkdown(code: string, help: ErrorHelp): string {
  return `# ${code}\n\n${bodyOf(help)}\n`
}

const INTRODUCTION = `# Errors

A refused request is answered by a problem document (RFC 9457, \`application/problem+json\`). Its \`code\` is stable and for
programs; \`type\` is the address of a page about it; \`title\` says what happened and \`detail\` what to do; \`issues\` names
what is wrong with the request, by JSON Pointer; \`requestId\` finds the request in the log.`

function sectionOf(code: string, help: ErrorHelp): string {
  return `### ${code}\n\n${bodyOf(help)}`
}

function bodyOf({ status, what, why, fix }: ErrorHelp): string {
  return `${what} (HTTP ${status.join(' or ')})\n\n- Why: ${why}\n- What to do: ${fix}`
}
