/** A reason not to go on, in one sentence that says what to do. Commands print it and end with exit code 1. */
export class Refusal extends Error {}

/** Runs a command's work and ends the process: 0, or 1 after printing what went wrong. */
export function runCommand(work: () => Promise<number | undefined>): void {
  work().then(
    (code) => process.exit(code ?? 0),
    (error: unknown) => {
      if (error instanceof Refusal) console.error(`\n${error.message}`)
      else console.error('\nThis should not have happened:', error)
      process.exit(1)
    },
  )
}
