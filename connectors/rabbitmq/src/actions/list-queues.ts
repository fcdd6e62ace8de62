import { action, z } from '@inlay/sdk/connector'
import { queueSchema, readQueues, sampleQueue } from '../queue.js'

/** Lists queues. */
export const listQueues = action({
  name: 'List queues',
  description: 'Lists the queues of the virtual host.',
  input: z.strictObject({}),
  output: z.object({ queues: z.array(queueSchema).meta({ title: 'Queues' }) }),
  sampleInput: {},
  sampleOutput: { queues: [sampleQueue] },
  run: async (context) => ({ queues: await readQueues(context) }),
})
