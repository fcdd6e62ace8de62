// Two apps that nobody has, for the workflow of the preview.
import type { ConnectorSummary } from '@inlay/embed-ui'

const NONE = { scopes: [], dynamicOptions: {}, dynamicSchemas: {}, hasDynamicOutput: false, sampleInput: null }

function icon(path: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`
}

/** The apps of the preview. */
export const PREVIEW_APPS: readonly ConnectorSummary[] = [
  {
    id: 'chat',
    version: '1.0.0',
    name: 'Team chat',
    description: 'Messages to your people.',
    icon: icon('M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z'),
    color: '#7c3aed',
    categories: ['communication'],
    docs: null,
    connection: 'none',
    auth: [],
    triggers: [],
    actions: [
      {
        ...NONE,
        id: 'send',
        name: 'Send a message',
        description: 'Writes into a channel.',
        inputSchema: {
          type: 'object',
          properties: {
            channel: { type: 'string', title: 'Channel', description: 'Where to write.' },
            text: { type: 'string', title: 'Message', format: 'multiline' },
            loud: { type: 'boolean', title: 'Notify everybody', default: false },
          },
          required: ['channel', 'text'],
        },
        outputSchema: { type: 'object', properties: { id: { type: 'string' } } },
        sampleOutput: { id: 'm1' },
      },
    ],
  },
  {
    id: 'mail',
    version: '1.0.0',
    name: 'E-mail',
    description: 'Letters to your customers.',
    icon: icon('M3 6h18v12H3zM3 7l9 6 9-6'),
    color: '#0369a1',
    categories: ['communication'],
    docs: null,
    connection: 'none',
    auth: [],
    triggers: [],
    actions: [
      {
        ...NONE,
        id: 'send',
        name: 'Send an e-mail',
        description: 'Writes to one address.',
        inputSchema: {
          type: 'object',
          properties: {
            to: { type: 'string', title: 'To', format: 'email' },
            subject: { type: 'string', title: 'Subject' },
            text: { type: 'string', title: 'Text', format: 'multiline' },
          },
          required: ['to', 'subject', 'text'],
        },
        outputSchema: { type: 'object', properties: {} },
        sampleOutput: {},
      },
    ],
  },
]
