/** Prints what is being done and, when it is done, how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  process.stdout.write(`  ${what} … `)
  const start = Date.now()
  try {
    const result = await work()
    const seconds = (Date.now() - start) / 1000
    process.stdout.write(seconds < 0.1 ? 'ok\n' : `ok (${seconds.toFixed(1)} s)\n`)
    return result
  } catch (error) {
    process.stdout.write('failed\n')
    throw error
  }
}
