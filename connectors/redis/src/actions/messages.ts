import { action, z } from '@inlay/sdk/connector'
import { keyField, someTextsByName } from '../fields.js'
import { withSession } from '../session.js'

/** Publishes to whoever listens at present. */
export const publishMessage = action({
  name: 'Publish a message',
  description: 'Sends a message to all that listen on a channel now. Nothing keeps it for later.',
  input: z.strictObject({
    channel: z
      .string()
      .min(1)
      .meta({ title: 'Channel', examples: ['orders'] }),
    message: z.string().meta({ title: 'Message', format: 'multiline' }),
  }),
  output: z.object({ receivers: z.int().meta({ title: 'How many got it' }) }),
  sampleInput: { channel: 'orders', message: 'order 7 is paid' },
  sampleOutput: { receivers: 2 },
  delivery: 'at-most-once',
  run: async (context) => {
    const { channel, message } = context.input
    return { receivers: Number(await withSession(context, (redis) => redis.publish(channel, message))) }
  },
})

/** Adds an entry to a stream. */
export const addToStream = action({
  name: 'Add to a stream',
  description: 'Adds an entry to the stream under a key, which is made when it is not there.',
  input: z.strictObject({
    key: keyField,
    fields: someTextsByName.meta({ title: 'Fields', description: 'Texts by name.' }),
    keepAtMost: z.int().min(1).optional().meta({
      title: 'Keep about this many entries',
      description: 'Older ones are dropped. Empty: all are kept.',
    }),
  }),
  output: z.object({ id: z.string().meta({ title: 'Entry ID' }) }),
  sampleInput: { key: 'events', fields: { kind: 'paid', order: '7' }, keepAtMost: 10_000 },
  sampleOutput: { id: '1767323045000-0' },
  delivery: 'at-most-once',
  run: async (context) => {
    const { key, fields, keepAtMost } = context.input
    const trim = keepAtMost === undefined ? [] : ['MAXLEN', '~', keepAtMost]
    const id = await withSession(context, (redis) =>
      redis.call('XADD', key, ...trim, '*', ...Object.entries(fields).flat()),
    )
    return { id: String(id) }
  },
})
