import { type ReactNode, useMemo } from 'react'
import type { BuilderClient, Me } from '../../src/index.js'
import { WorkflowEditor } from '../../src/index.js'
import { TemplateGallery } from '../../src/templates/TemplateGallery.js'
import { WorkflowList } from '../../src/workflows/WorkflowList.js'
import { ORDERS } from '../fixtures/definitions.js'
import { createMemoryClient } from '../fixtures/memory-client.js'
import { TEMPLATES } from '../fixtures/templates.js'
import { appeared, type GalleryPage, type GalleryPages, press } from '../gallery-page.js'

const ME: Me = {
  caller: 'embed',
  tenant: {
    name: 'Bookshelf',
    brand: { productName: null, logo: null, logoDark: null, supportUrl: null, appearance: {}, texts: {} },
  },
  customer: { id: 'cus_1', externalId: '1', name: 'Acme Books' },
  permissions: ['workflows:read', 'workflows:write', 'templates:read', 'connections:read', 'connections:write'],
}
const VIEWER: Me = { ...ME, permissions: ['workflows:read', 'templates:read'] }

/** What is different of the server. */
interface Scene {
  readonly hasAssistant?: boolean
  readonly hasTemplates?: boolean
  readonly draft?: () => Promise<never>
}

function useScene({ hasAssistant = true, hasTemplates = true, draft }: Scene): BuilderClient {
  return useMemo(() => {
    const client = createMemoryClient({ definition: ORDERS })
    const none = { query: async () => ({ data: [], nextCursor: null }) }
    return {
      ...client,
      workflows: { ...client.workflows, list: none },
      templates: {
        ...client.templates,
        list: { query: async () => ({ data: hasTemplates ? TEMPLATES : [], nextCursor: null }) },
      },
      assistant: {
        get: { query: async () => ({ isAvailable: hasAssistant }) },
        draft: draft === undefined ? client.assistant.draft : { mutate: draft },
      },
    }
  }, [hasAssistant, hasTemplates, draft])
}

const nowhere = () => {}

function EmptyList({ me = ME, ...scene }: Scene & { readonly me?: Me }): ReactNode {
  return <WorkflowList client={useScene(scene)} me={me} isReadOnly={false} onOpen={nowhere} />
}

function AllTemplates(): ReactNode {
  return <TemplateGallery client={useScene({})} me={ME} onOpen={nowhere} />
}

function OpenEditor(): ReactNode {
  return <WorkflowEditor client={useScene({})} workflowId="wf_orders" />
}

const never = () => new Promise<never>(() => {})
const refused = () =>
  Promise.reject(
    Object.assign(new Error('No workflow came of this description.'), {
      status: 422,
      code: 'assistant.failed',
      detail: 'Say in other words what should happen, and when.',
    }),
  )

/** Types as a person does: React hears of it. */
async function type(selector: string, text: string): Promise<void> {
  const field = await appeared<HTMLTextAreaElement>(selector)
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

async function openWay(way: RegExp): Promise<void> {
  await press('button', /^New automation$/)
  await press('[role=tab]', way)
}

async function describeIt(): Promise<void> {
  await openWay(/^Describe it$/)
  await type('dialog textarea', 'When an order above 500 € comes in, tell the sales channel in Slack.')
  await press('dialog button', /^Make a draft$/)
}

async function importText(text: string): Promise<void> {
  await openWay(/^Import$/)
  await type('dialog textarea', text)
}

async function fileMenu(item: RegExp): Promise<void> {
  const button = await appeared<HTMLElement>('button', /^Import and export$/)
  button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0, pointerType: 'mouse' }))
  await press('[role=menuitem]', item)
}

function list(scene: Scene, act?: () => Promise<void>): GalleryPage {
  return { draw: () => <EmptyList {...scene} />, ...(act === undefined ? {} : { act }) }
}

const FOREIGN_STEP = { id: 'send', type: 'action', connector: 'weather', action: 'today', input: {} }

export const PAGES: GalleryPages = {
  start: list({}),
  'start-plain': list({ hasAssistant: false, hasTemplates: false }),
  'start-viewer': { draw: () => <EmptyList me={VIEWER} /> },
  'start-template': list({}, () => openWay(/^Template$/)),
  'start-blank': list({}, () => press('button', /^New automation$/)),
  'start-describe': list({}, () => openWay(/^Describe it$/)),
  'start-describe-working': list({ draft: never }, describeIt),
  'start-describe-failed': list({ draft: refused }, async () => {
    await describeIt()
    await appeared('dialog [role=alert]')
  }),
  'start-describe-done': list({}, async () => {
    await describeIt()
    await appeared('dialog [data-inlay-part=canvas]')
  }),
  'start-import': list({}, () => openWay(/^Import$/)),
  'start-import-found': list({}, () =>
    importText(JSON.stringify({ ...ORDERS, steps: [...ORDERS.steps, FOREIGN_STEP] })),
  ),
  'start-import-refused': list({}, () => importText('{"nodes":[]}')),
  'templates-use-cases': { draw: () => <AllTemplates /> },
  'templates-no-match': {
    draw: () => <AllTemplates />,
    act: async () => {
      const field = await appeared<HTMLInputElement>('input[type=search]')
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'weather')
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
  },
  'templates-preview': {
    draw: () => <AllTemplates />,
    act: async () => {
      await press('button', /Big orders to Slack/)
      await appeared('dialog [data-inlay-part=canvas]')
    },
  },
  'templates-preview-free': {
    draw: () => <AllTemplates />,
    act: async () => {
      await press('button', /Daily summary/)
      await appeared('dialog [data-inlay-part=canvas]')
    },
  },
  'editor-export': { draw: () => <OpenEditor />, act: () => fileMenu(/^Export/) },
  'editor-import': { draw: () => <OpenEditor />, act: () => fileMenu(/^Import/) },
}
