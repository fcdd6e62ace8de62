import { type ReactNode, useMemo } from 'react'
import type { BuilderClient, Me } from '../../src/index.js'
import { WorkflowEditor } from '../../src/index.js'
import { TemplateGallery } from '../../src/templates/TemplateGallery.js'
import { WorkflowList } from '../../src/workflows/WorkflowList.js'
import { ORDERS } from '../fixtures/definitions.js'
import { createMemoryClient } from '../fixtures/memory-client.js'
import { TEMPLATES } from '../fixtures/templates.js'
import { appeared, choose, type GalleryPage, type GalleryPages, openMenu, press, type } from '../gallery-page.js'

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

async function openWay(way: 'start.template' | 'start.describe' | 'start.import'): Promise<void> {
  await press('button', 'workflows.create')
  await press('[role=tab]', way)
}

async function describeIt(): Promise<void> {
  await openWay('start.describe')
  await type('dialog textarea', 'When an order above 500 € comes in, tell the sales channel in Slack.')
  await press('dialog button', 'describe.send')
}

async function importText(text: string): Promise<void> {
  await openWay('start.import')
  await type('dialog textarea', text)
}

async function fileMenu(item: 'file.export' | 'file.import'): Promise<void> {
  await openMenu('button', 'file.menu')
  await choose(item)
}

function list(scene: Scene, act?: () => Promise<void>): GalleryPage {
  return { draw: () => <EmptyList {...scene} />, ...(act === undefined ? {} : { act }) }
}

const FOREIGN_STEP = { id: 'send', type: 'action', connector: 'weather', action: 'today', input: {} }

export const PAGES: GalleryPages = {
  start: list({}),
  'start-plain': list({ hasAssistant: false, hasTemplates: false }),
  'start-viewer': { draw: () => <EmptyList me={VIEWER} /> },
  'start-template': list({}, () => openWay('start.template')),
  'start-blank': list({}, () => press('button', 'workflows.create')),
  'start-describe': list({}, () => openWay('start.describe')),
  'start-describe-working': list({ draft: never }, describeIt),
  'start-describe-failed': list({ draft: refused }, async () => {
    await describeIt()
    await appeared('dialog [role=alert]')
  }),
  'start-describe-done': list({}, async () => {
    await describeIt()
    await appeared('dialog [data-inlay-part=canvas]')
  }),
  'start-import': list({}, () => openWay('start.import')),
  'start-import-found': list({}, () =>
    importText(JSON.stringify({ ...ORDERS, steps: [...ORDERS.steps, FOREIGN_STEP] })),
  ),
  'start-import-refused': list({}, () => importText('{"nodes":[]}')),
  'templates-use-cases': { draw: () => <AllTemplates /> },
  'templates-no-match': {
    draw: () => <AllTemplates />,
    act: () => type('input[type=search]', 'weather'),
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
  'editor-export': { draw: () => <OpenEditor />, act: () => fileMenu('file.export') },
  'editor-import': { draw: () => <OpenEditor />, act: () => fileMenu('file.import') },
}
