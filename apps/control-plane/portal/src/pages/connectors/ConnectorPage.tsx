import { ConnectorIcon } from '@inlay/embed-ui'
import { Badge, Card, PageHeader, type Tab, Table, Tabs } from '@inlay/embed-ui/ui'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { client } from '../../client.js'
import { Loaded } from '../../layout/Loaded.js'
import { usePageName } from '../../layout/page-name.js'
import { Markdown } from '../../markdown/Markdown.js'
import { useMay } from '../../useMay.js'
import { AppEvents } from './AppEvents.js'
import { AvailabilityBadge } from './AvailabilityBadge.js'
import { ConnectorSettingsForm } from './ConnectorSettingsForm.js'
import { ConnectorUsage } from './ConnectorUsage.js'
import { OwnOAuthApp } from './OwnOAuthApp.js'
import type { ConnectorDetail } from './types.js'

/** One connector: what it can do, how much it is used, and what the tenant makes of it. */
export function ConnectorPage({ id }: { readonly id: string }) {
  const connector = useQuery({ queryKey: ['connector', id], queryFn: () => client.connectors.get.query({ id }) })
  return (
    <>
      <Link href="/connectors" className="back">
        <ArrowLeft size={15} aria-hidden="true" /> Connectors
      </Link>
      <Loaded query={connector} page="Connector">
        {(data) => <Connector connector={data} />}
      </Loaded>
    </>
  )
}

type View = 'about' | 'usage' | 'settings'

function Connector({ connector }: { readonly connector: ConnectorDetail }) {
  const may = useMay()
  usePageName(connector.name)
  const [view, setView] = useState<View>('about')
  const tabs: readonly Tab<View>[] = [
    { id: 'about', label: 'About' },
    { id: 'usage', label: 'Usage' },
    ...(may('connectors:configure') ? [{ id: 'settings' as const, label: 'Settings' }] : []),
  ]
  return (
    <>
      <PageHeader
        title={
          <span className="service">
            <ConnectorIcon connector={connector} size={38} />
            {connector.name}
          </span>
        }
        description={connector.description}
        actions={
          <span className="state">
            <AvailabilityBadge availability={connector.availability} />
            {connector.hidden && <Badge>Hidden</Badge>}
            <code>{connector.version}</code>
          </span>
        }
      />
      <div className="sections">
        <div className="tabs">
          <Tabs label="Views of the connector" tabs={tabs} selected={view} onSelect={setView} />
        </div>
        {view === 'about' && <About connector={connector} />}
        {view === 'usage' && <ConnectorUsage id={connector.id} />}
        {view === 'settings' && (
          <>
            <ConnectorSettingsForm id={connector.id} />
            {connector.auth.some(({ kind }) => kind === 'oauth2') && (
              <OwnOAuthApp id={connector.id} name={connector.name} />
            )}
            {connector.triggers.some(({ kind }) => kind === 'appWebhook') && (
              <AppEvents id={connector.id} name={connector.name} />
            )}
          </>
        )}
      </div>
    </>
  )
}

const TRIGGER_KINDS: Readonly<Record<ConnectorDetail['triggers'][number]['kind'], string>> = {
  polling: 'Asks regularly',
  webhook: 'At once',
  appWebhook: 'At once, through your app',
  event: 'From your product',
}

function About({ connector }: { readonly connector: ConnectorDetail }) {
  const { docs, triggers, actions } = connector
  return (
    <>
      {docs !== null && (
        <Card isPadded>
          <Markdown text={docs} />
        </Card>
      )}
      {triggers.length > 0 && (
        <section>
          <div className="section-title">
            <h2>Triggers</h2>
          </div>
          <Card isPadded={false}>
            <Table
              label="Triggers"
              rows={triggers}
              rowKey={({ id }) => id}
              columns={[
                { id: 'name', header: 'Name', isTitle: true, cell: ({ name }) => name, width: '30%' },
                { id: 'kind', header: 'Hears of it', cell: ({ kind }) => TRIGGER_KINDS[kind] },
                { id: 'text', header: 'What it does', cell: ({ description }) => description },
              ]}
            />
          </Card>
        </section>
      )}
      {actions.length > 0 && (
        <section>
          <div className="section-title">
            <h2>Actions</h2>
          </div>
          <Card isPadded={false}>
            <Table
              label="Actions"
              rows={actions}
              rowKey={({ id }) => id}
              columns={[
                { id: 'name', header: 'Name', isTitle: true, cell: ({ name }) => name, width: '30%' },
                { id: 'text', header: 'What it does', cell: ({ description }) => description },
              ]}
            />
          </Card>
        </section>
      )}
    </>
  )
}
