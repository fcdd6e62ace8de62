import { action, jsonValue, StepError, z } from '@inlay/sdk/connector'
import { XMLBuilder, XMLValidator } from 'fast-xml-parser'
import { targetFields, targetOutput, writeTarget } from '../source.js'

/** Writes a document in XML. */
export const writeXml = action({
  name: 'Write XML',
  description: 'Makes a document in XML of data: one outermost name, @ before attributes, lists for repeated elements.',
  input: z.strictObject({
    data: z
      .record(z.string(), jsonValue)
      .meta({ title: 'Data', examples: [{ order: { '@id': '7', line: ['a', 'b'] } }] }),
    pretty: z.boolean().default(false).meta({ title: 'With line breaks' }),
    declaration: z.boolean().default(true).meta({ title: 'With a declaration' }),
    ...targetFields,
  }),
  output: targetOutput,
  sampleInput: { data: { order: { '@id': '7', line: ['a', 'b'] } }, declaration: false },
  sampleOutput: { text: '<order id="7"><line>a</line><line>b</line></order>', file: null },
  run: async ({ input: { data, pretty, declaration, fileName }, files }) => {
    const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: pretty })
    const body = builder.build(data)
    const text = declaration ? `<?xml version="1.0" encoding="UTF-8"?>\n${body}` : body
    const checked = XMLValidator.validate(text)
    if (checked !== true) {
      throw new StepError('validation', 'The data does not make a document in XML', {
        detail: `${checked.err.msg} There has to be one outermost name, and names have no spaces.`,
      })
    }
    return writeTarget({ text, fileName, contentType: 'application/xml' }, files)
  },
})
