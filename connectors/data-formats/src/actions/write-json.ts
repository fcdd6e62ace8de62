import { action, jsonValue, z } from '@inlay/sdk/connector'
import { targetFields, targetOutput, writeTarget } from '../source.js'

/** Writes data as a text in JSON. */
export const writeJson = action({
  name: 'Write JSON',
  description: 'Makes a text in JSON of data.',
  input: z.strictObject({
    data: jsonValue.meta({ title: 'Data', examples: [{ id: 7 }] }),
    pretty: z.boolean().default(false).meta({ title: 'With line breaks' }),
    ...targetFields,
  }),
  output: targetOutput,
  sampleInput: { data: { id: 7 } },
  sampleOutput: { text: '{"id":7}', file: null },
  run: ({ input: { data, pretty, fileName }, files }) => {
    const text = JSON.stringify(data, null, pretty ? 2 : undefined)
    return writeTarget({ text, fileName, contentType: 'application/json' }, files)
  },
})
