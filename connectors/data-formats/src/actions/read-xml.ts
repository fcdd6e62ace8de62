import { action, type JsonValue, jsonValue, StepError, z } from '@inlay/sdk/connector'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { readSource, sourceFields } from '../source.js'

/** Reads a document in XML. */
export const readXml = action({
  name: 'Read XML',
  description:
    'Makes data of a document in XML. Attributes begin with @; the text of an element with attributes is #text.',
  input: z.strictObject({
    ...sourceFields,
    lists: z
      .array(z.string())
      .max(100)
      .default([])
      .meta({ title: 'Always lists', description: 'Elements that are a list even when there is one.' }),
    numbers: z.boolean().default(false).meta({ title: 'Read numbers' }),
  }),
  output: z.object({ data: jsonValue.meta({ title: 'Data' }) }),
  sampleInput: { text: '<order id="7"><line>a</line><line>b</line></order>' },
  sampleOutput: { data: { order: { '@id': '7', line: ['a', 'b'] } } },
  run: async ({ input, files }) => {
    const text = await readSource(input, files)
    const checked = XMLValidator.validate(text)
    if (checked !== true) {
      const { msg, line, col } = checked.err
      throw new StepError('validation', 'The text is not XML', { detail: `Line ${line}, column ${col}: ${msg}` })
    }
    // What the parser makes is texts, numbers, lists and objects.
    return { data: parserFor(input).parse(text) as JsonValue }
  },
})

function parserFor({ lists, numbers }: { readonly lists: readonly string[]; readonly numbers: boolean }): XMLParser {
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: numbers,
    parseAttributeValue: numbers,
    ignoreDeclaration: true,
    htmlEntities: true,
    // Entities of the document's own are how a few lines become gigabytes; the five of XML itself are read.
    processEntities: { enabled: true, maxEntitySize: 0, maxTotalExpansions: 100_000, maxExpandedLength: 10_000_000 },
    isArray: (name) => lists.includes(name),
  })
}
