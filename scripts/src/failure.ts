/** A reason not to go on, in one sentence that says what to do. Commands print it and end with exit code 1. */
export class Refusal extends Error {}

/** Runs a command's work and ends the process: 0, or 1 after printing what went wrong. */
export function runCommand(work: () => Promise<number | undefined>): void {
  // Writing to a terminal or pipe that is gone must not end the work: what was started has to be stopped in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  work().then(
    (code) => process.exit(code ?? 0),
    (error: unknown) => {
      const sentence = sentenceOf(error)
      if (sentence === undefined) console.error('\nThis should not have happened:', error)
      else console.error(`\n${sentence}`)
      process.exit(1)
    },
  )
}

/** What a person can do something about; undefined for a mistake of ours, which needs its stack. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof Refusal) return error.message
  if (error instanceof Error && 'syscall' in error && 'code' in error)
    return `This machine refused an operation (${error.message}): give this user the right to it, or make room, and start again.`
  return undefined
}
