import { action, z } from '@inlay/sdk/connector'
import { keyField } from '../fields.js'
import { withSession } from '../session.js'

const end = z.enum(['first', 'last'])

/** Puts texts into a list. */
export const pushToList = action({
  name: 'Add to a list',
  description: 'Puts texts at the beginning or the end of the list under a key.',
  input: z.strictObject({
    key: keyField,
    values: z.array(z.string()).min(1).max(1000).meta({ title: 'Values' }),
    end: end.default('last').meta({ title: 'Where', description: 'At the beginning (first) or the end (last).' }),
  }),
  output: z.object({ length: z.int().meta({ title: 'Length of the list' }) }),
  sampleInput: { key: 'jobs', values: ['order 7'], end: 'last' },
  sampleOutput: { length: 3 },
  delivery: 'at-most-once',
  run: async (context) => {
    const { key, values, end: where } = context.input
    const length = await withSession(context, (redis) =>
      // The command puts one after the other to the front, which would turn their order around.
      where === 'last' ? redis.rpush(key, ...values) : redis.lpush(key, ...values.toReversed()),
    )
    return { length: Number(length) }
  },
})

/** Takes one text out of a list. */
export const popFromList = action({
  name: 'Take from a list',
  description: 'Takes the first or the last text out of the list under a key.',
  input: z.strictObject({
    key: keyField,
    end: end.default('first').meta({ title: 'Which', description: 'The first or the last.' }),
  }),
  output: z.object({ value: z.string().nullable().meta({ title: 'Value', description: 'Null when it was empty.' }) }),
  sampleInput: { key: 'jobs', end: 'first' },
  sampleOutput: { value: 'order 7' },
  delivery: 'at-most-once',
  run: async (context) => {
    const { key, end: which } = context.input
    return { value: await withSession(context, (redis) => (which === 'first' ? redis.lpop(key) : redis.rpop(key))) }
  },
})
