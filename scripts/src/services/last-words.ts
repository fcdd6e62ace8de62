import { existsSync, readFileSync } from 'node:fs'

const MAX_LENGTH = 300
/** What a line begins with that says why a process ended: PostgreSQL's own words, or an error that nobody caught. */
const REASON = /\b(?:FATAL|PANIC):\s+|^(?:\w*Error(?: \[\w+\])?): /

/**
 * Why a process ended, from what it printed: its last complaint, else its last line; empty when it printed nothing.
 *
 * @param from where in the file this process began to write, in bytes
 */
export function lastWords(logFile: string, from: number): string {
  if (!existsSync(logFile)) return ''
  const lines = readFileSync(logFile).subarray(from).toString().trim().split('\n')
  const complaint = lines.findLast((line) => REASON.test(line))
  const words = complaint?.replace(/^.*?\b(?:FATAL|PANIC):\s+/, '') ?? messageOf(lines.at(-1) ?? '')
  return words.slice(0, MAX_LENGTH).replace(/\.$/, '')
}

/** Our own processes log a JSON object to a line. */
function messageOf(line: string): string {
  try {
    const entry: unknown = JSON.parse(line)
    const hasMessage = typeof entry === 'object' && entry !== null && 'message' in entry
    return hasMessage ? String(entry.message) : line
  } catch {
    return line
  }
}
