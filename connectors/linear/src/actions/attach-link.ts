import { action, z } from '@inlay/sdk/connector'
import { issueField } from '../issue.js'
import { ask } from '../linear-api.js'

const attachment = z.object({
  id: z.string().meta({ title: 'Id' }),
  title: z.string().meta({ title: 'Title' }),
  url: z.string().meta({ title: 'Address' }),
})
const query = `mutation AttachLink($input: AttachmentCreateInput!) {
  attachmentCreate(input: $input) { attachment { id title url } }
}`
const answer = z.object({ attachmentCreate: z.object({ attachment }) })

/** Shows a link on an issue. */
export const attachLink = action({
  name: 'Attach a link',
  description: 'Shows a link on an issue. A link with the same address is replaced.',
  input: z.strictObject({
    issue: issueField,
    url: z.url().meta({ title: 'Address', format: 'uri', examples: ['https://shop.example.com/orders/7'] }),
    title: z
      .string()
      .min(1)
      .meta({ title: 'Title', examples: ['Order 7'] }),
    subtitle: z.string().optional().meta({ title: 'Second line' }),
  }),
  output: attachment,
  sampleInput: { issue: 'ENG-123', url: 'https://shop.example.com/orders/7', title: 'Order 7' },
  sampleOutput: {
    id: 'a1b2c3d4-0000-4000-8000-000000000006',
    title: 'Order 7',
    url: 'https://shop.example.com/orders/7',
  },
  scopes: ['write'],
  run: async (context) => {
    const { issue, ...fields } = context.input
    const variables = { input: { issueId: issue, ...fields } }
    return (await ask(context, { query, variables, answer })).attachmentCreate.attachment
  },
})
