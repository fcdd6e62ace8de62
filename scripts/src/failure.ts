/** A reason not to go on, in one sentence that says what to do. Commands print it and end with exit code 1. */
export class Refusal extends Error {}

/**
 * Runs a command's work and ends the process: 0, or 1 after printing what went wrong.
 *
 * @param work gets a signal that says when somebody wants it to end, with Ctrl-C for example; it has to stop what it
 * started, which takes its time, so that asking again changes nothing
 */
export function runCommand(work: (signal: AbortSignal) => Promise<number | undefined>): void {
  // Writing to a terminal or pipe that is gone must not end the work: what was started has to be stopped in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort())
  work(controller.signal).then(
    (code) => process.exit(code ?? 0),
    (error: unknown) => {
      // What was interrupted fails in all kinds of ways.
      const sentence = controller.signal.aborted ? 'Stopped.' : sentenceOf(error)
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
