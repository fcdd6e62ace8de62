import { type ReactNode, useMemo } from 'react'
import { ConnectionManager } from '../../src/accounts/ConnectionManager.js'
import { ApprovalInbox } from '../../src/approvals/ApprovalInbox.js'
import { AutomationList } from '../../src/automations/AutomationList.js'
import type { WidgetProps } from '../../src/host/widget-props.js'
import type { BuilderClient, Me } from '../../src/index.js'
import { RunHistory } from '../../src/run-history/RunHistory.js'
import { TemplateGallery } from '../../src/templates/TemplateGallery.js'
import { ORDERS } from '../fixtures/definitions.js'
import { createMemoryClient } from '../fixtures/memory-client.js'
import { createMemoryWidgets } from '../fixtures/memory-widgets.js'
import { appeared, choose, type GalleryPages, openMenu, press } from '../gallery-page.js'

const ME: Me = {
  caller: 'embed',
  tenant: {
    name: 'Bookshelf',
    brand: { productName: null, logo: null, logoDark: null, supportUrl: null, appearance: {}, texts: {} },
  },
  customer: { id: 'cus_1', externalId: '1', name: 'Acme Books' },
  permissions: ['connections:read', 'connections:write', 'workflows:write', 'workflows:publish', 'approvals:decide'],
  maxFileBytes: 25_000_000,
}

/** How the server is doing. */
type Weather = 'fine' | 'empty' | 'slow' | 'broken'

function clientFor(weather: Weather): BuilderClient {
  const client = createMemoryClient({ definition: ORDERS, moreConnectors: 60 })
  if (weather === 'fine') return client
  const nothing = { query: async () => ({ data: [], nextCursor: null }) }
  if (weather === 'empty') {
    return {
      ...client,
      ...createMemoryWidgets(async () => {}, { isEmpty: true }),
      connections: { ...client.connections, list: nothing },
      runs: { ...client.runs, list: nothing },
    }
  }
  const answer =
    weather === 'slow'
      ? () => new Promise<never>(() => {})
      : () =>
          Promise.reject(Object.assign(new Error('The service is being maintained.'), { status: 400, code: 'busy' }))
  const bad = { query: answer }
  return {
    ...client,
    automations: { ...client.automations, list: bad },
    templates: { ...client.templates, list: bad },
    approvals: { ...client.approvals, list: bad },
    connections: { ...client.connections, list: bad },
    runs: { ...client.runs, list: bad },
  }
}

interface ShownProps {
  readonly weather: Weather
  readonly draw: (props: WidgetProps) => ReactNode
}

function Shown({ weather, draw }: ShownProps) {
  const client = useMemo(() => clientFor(weather), [weather])
  return draw({ client, me: ME })
}

const nowhere = () => {}

const WIDGETS: Readonly<Record<string, ShownProps['draw']>> = {
  connections: (props) => <ConnectionManager {...props} />,
  automations: (props) => <AutomationList {...props} onOpenRun={nowhere} />,
  'run-history': (props) => <RunHistory {...props} onOpen={nowhere} />,
  templates: (props) => <TemplateGallery {...props} onOpen={nowhere} />,
  approvals: (props) => <ApprovalInbox {...props} onOpenRun={nowhere} />,
}

function pagesOf([name, draw]: [string, ShownProps['draw']]): GalleryPages {
  const shown = (weather: Weather) => ({ draw: () => <Shown weather={weather} draw={draw} /> })
  return {
    [name]: shown('fine'),
    [`${name}-empty`]: shown('empty'),
    [`${name}-loading`]: shown('slow'),
    [`${name}-error`]: shown('broken'),
  }
}

const ALL: GalleryPages = Object.assign({}, ...Object.entries(WIDGETS).map(pagesOf))

function after(page: string, act: () => Promise<void>): GalleryPages[string] {
  return { draw: ALL[page]?.draw ?? (() => null), act }
}

const SALES = { name: 'Sales workspace' }

export const PAGES: GalleryPages = {
  ...ALL,
  'connections-pick': after('connections', async () => {
    await press('button', 'accounts.connect')
    await appeared('dialog li button')
  }),
  'connections-menu': after('connections', () => openMenu('button', ['accounts.actions', SALES])),
  'connections-delete': after('connections', async () => {
    await openMenu('button', ['accounts.actions', SALES])
    await choose('accounts.delete')
  }),
  'automations-turn-on': after('automations', () => press('[role=switch]', /^Order again what runs out$/)),
  'automations-settings': after('automations', () =>
    press('[data-inlay-part="automation"] button', [
      'automations.settingsOf',
      { name: 'Big orders to the sales chat' },
    ]),
  ),
  'automations-files': after('automations', () => press('[role=switch]', /^Welcome by post$/)),
  'approvals-comment': after('approvals', () => press('button', 'approvals.addComment')),
  'approvals-decided': after('approvals', () => press('[role=tab]', 'approvals.decided')),
}
