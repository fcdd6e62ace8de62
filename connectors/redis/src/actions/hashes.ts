import { action, z } from '@inlay/sdk/connector'
import { keyField, someTextsByName, textsByName } from '../fields.js'
import { withSession } from '../session.js'

/** Reads a hash with all its fields. */
export const getHash = action({
  name: 'Get a hash',
  description: 'Reads all fields of the hash under a key.',
  input: z.strictObject({ key: keyField }),
  output: z.object({ fields: textsByName.meta({ title: 'Fields', description: 'None without such a key.' }) }),
  sampleInput: { key: 'orders:7' },
  sampleOutput: { fields: { status: 'paid', total: '19.90' } },
  run: async (context) => ({ fields: await withSession(context, (redis) => redis.hgetall(context.input.key)) }),
})

/** Sets fields of a hash. */
export const setHashFields = action({
  name: 'Set fields of a hash',
  description: 'Sets fields of the hash under a key; its other fields stay.',
  input: z.strictObject({
    key: keyField,
    fields: someTextsByName.meta({ title: 'Fields', description: 'Texts by the name of the field.' }),
  }),
  output: z.object({ added: z.int().meta({ title: 'Fields that are new' }) }),
  sampleInput: { key: 'orders:7', fields: { status: 'sent' } },
  sampleOutput: { added: 0 },
  run: async (context) => {
    const { key, fields } = context.input
    const added = await withSession(context, (redis) => redis.hset(key, ...Object.entries(fields).flat()))
    return { added: Number(added) }
  },
})
