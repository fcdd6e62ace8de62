import { action, z } from '@inlay/sdk/connector'
import { keyField, toWholeNumber, wholeNumber } from '../fields.js'
import { withSession } from '../session.js'

/** Reads a text value. */
export const getValue = action({
  name: 'Get a value',
  description: 'Reads the text that is kept under a key.',
  input: z.strictObject({ key: keyField }),
  output: z.object({ value: z.string().nullable().meta({ title: 'Value', description: 'Null without such a key.' }) }),
  sampleInput: { key: 'orders:7' },
  sampleOutput: { value: 'paid' },
  run: async (context) => ({ value: await withSession(context, (redis) => redis.get(context.input.key)) }),
})

/** Keeps a text value, for ever or for a time. */
export const setValue = action({
  name: 'Set a value',
  description: 'Keeps a text under a key, in place of what was there.',
  input: z.strictObject({
    key: keyField,
    value: z.string().meta({ title: 'Value' }),
    ttlSeconds: z.int().min(1).optional().meta({
      title: 'Seconds to keep it',
      description: 'The key is gone after them. Empty: it stays, also when it had an end before.',
    }),
    onlyIfAbsent: z.boolean().default(false).meta({
      title: 'Only if the key is not there',
      description: 'When a step is repeated after a failure, the key may be there because of its first try.',
    }),
  }),
  output: z.object({ isSet: z.boolean().meta({ title: 'Whether the value was set' }) }),
  sampleInput: { key: 'orders:7', value: 'paid', ttlSeconds: 3600, onlyIfAbsent: false },
  sampleOutput: { isSet: true },
  run: async (context) => {
    const { key, value, ttlSeconds, onlyIfAbsent } = context.input
    const ends = ttlSeconds === undefined ? [] : ['EX', ttlSeconds]
    const reply = await withSession(context, (redis) =>
      redis.call('SET', key, value, ...ends, ...(onlyIfAbsent ? ['NX'] : [])),
    )
    return { isSet: reply === 'OK' }
  },
})

/** Deletes keys with whatever they hold. */
export const deleteKeys = action({
  name: 'Delete keys',
  description: 'Deletes keys with whatever they hold: values, hashes, lists, streams.',
  input: z.strictObject({ keys: z.array(keyField).min(1).max(1000).meta({ title: 'Keys' }) }),
  output: z.object({ count: z.int().meta({ title: 'Keys that were there' }) }),
  sampleInput: { keys: ['orders:7'] },
  sampleOutput: { count: 1 },
  run: async (context) => ({
    count: Number(await withSession(context, (redis) => redis.del(context.input.keys))),
  }),
})

/** Counts up or down. */
export const increment = action({
  name: 'Count up',
  description: 'Adds to the whole number under a key, in one step that nobody can come between. It begins at 0.',
  input: z.strictObject({
    key: keyField,
    by: z.int().default(1).meta({ title: 'By', description: 'Negative numbers count down.' }),
  }),
  output: z.object({ value: wholeNumber.meta({ title: 'New value', description: 'As text when it is very large.' }) }),
  sampleInput: { key: 'orders:count', by: 1 },
  sampleOutput: { value: 8 },
  delivery: 'at-most-once',
  run: async (context) => {
    const { key, by } = context.input
    return { value: toWholeNumber(await withSession(context, (redis) => redis.incrby(key, by))) }
  },
})
