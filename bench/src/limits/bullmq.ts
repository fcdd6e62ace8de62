import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'

const JOBS = 10_000

/** Empty BullMQ jobs a second through one worker with concurrency 50, added in bulk beforehand. */
export async function measureBullmq(redisUrl: string): Promise<number> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
  const name = `bench-${process.pid}`
  const queue = new Queue(name, { connection })
  for (let i = 0; i < JOBS; i += 500) {
    const options = { removeOnComplete: true, removeOnFail: true }
    await queue.addBulk(Array.from({ length: 500 }, () => ({ name: 'empty', data: {}, opts: options })))
  }
  const start = performance.now()
  let done = 0
  const perSecond = await new Promise<number>((resolve, reject) => {
    const worker = new Worker(
      name,
      async () => {
        done += 1
        if (done === JOBS) {
          resolve(JOBS / ((performance.now() - start) / 1000))
          setImmediate(() => void worker.close(true))
        }
      },
      { connection: connection.duplicate(), concurrency: 50 },
    )
    worker.on('error', reject)
  })
  await queue.obliterate({ force: true })
  await queue.close()
  connection.disconnect()
  return perSecond
}
