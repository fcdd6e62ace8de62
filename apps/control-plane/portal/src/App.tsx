import { EmptyState, LoadingState, PageHeader } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FileQuestion } from 'lucide-react'
import { Link, Redirect, Route, Switch } from 'wouter'
import { BrandingPage } from './branding/BrandingPage.js'
import { client } from './client.js'
import { isSignedOut } from './failure.js'
import { Failure } from './layout/Loaded.js'
import { usePageName } from './layout/page-name.js'
import { Shell } from './layout/Shell.js'
import { ApiKeysPage } from './pages/ApiKeysPage.js'
import { AuditLogPage } from './pages/AuditLogPage.js'
import { ConnectionsPage } from './pages/ConnectionsPage.js'
import { CustomerPage } from './pages/CustomerPage.js'
import { CustomersPage } from './pages/CustomersPage.js'
import { ConnectorPage } from './pages/connectors/ConnectorPage.js'
import { ConnectorsPage } from './pages/connectors/ConnectorsPage.js'
import { DomainsPage } from './pages/domains/DomainsPage.js'
import { MarketplacePage } from './pages/marketplace/MarketplacePage.js'
import { OwnConnectorsPage } from './pages/own-connectors/OwnConnectorsPage.js'
import { RunPage } from './pages/RunPage.js'
import { RunsPage } from './pages/RunsPage.js'
import { SettingsPage } from './pages/SettingsPage.js'
import { TemplatesPage } from './pages/templates/TemplatesPage.js'
import { WorkflowPage } from './pages/WorkflowPage.js'
import { WorkflowsPage } from './pages/WorkflowsPage.js'
import { WebhookPage } from './pages/webhooks/WebhookPage.js'
import { WebhooksPage } from './pages/webhooks/WebhooksPage.js'
import { SignInPage } from './session/SignInPage.js'

/** The portal: signing in, then the pages. */
export function App() {
  const queries = useQueryClient()
  const me = useQuery({ queryKey: ['me'], queryFn: () => client.auth.me.query({}), staleTime: 60_000 })
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['me'] })
  if (me.isPending) return <LoadingState />
  if (me.isError && isSignedOut(me.error)) {
    // What another member was shown is not for the next one.
    const begin = (): void => {
      queries.removeQueries({ type: 'inactive' })
      refresh()
    }
    return <SignInPage onSignedIn={begin} />
  }
  // Who was there a minute ago keeps the page, and what is being typed into it.
  if (me.data === undefined) {
    return (
      <main className="page">
        <PageHeader title="The portal could not be opened" />
        <Failure thrown={me.error} onRetry={refresh} />
      </main>
    )
  }
  return (
    <Shell me={me.data} onSignedOut={refresh}>
      <Switch>
        <Route path="/customers" component={CustomersPage} />
        <Route path="/customers/:id">{({ id }) => <CustomerPage id={id} />}</Route>
        <Route path="/workflows" component={WorkflowsPage} />
        <Route path="/workflows/:id">{({ id }) => <WorkflowPage id={id} />}</Route>
        <Route path="/runs" component={RunsPage} />
        <Route path="/runs/:id">{({ id }) => <RunPage id={id} />}</Route>
        <Route path="/connectors" component={ConnectorsPage} />
        <Route path="/connectors/:id">{({ id }) => <ConnectorPage key={id} id={id} />}</Route>
        <Route path="/own-connectors" component={OwnConnectorsPage} />
        <Route path="/templates" component={TemplatesPage} />
        <Route path="/marketplace" component={MarketplacePage} />
        <Route path="/connections" component={ConnectionsPage} />
        <Route path="/branding" component={BrandingPage} />
        <Route path="/domains" component={DomainsPage} />
        <Route path="/audit-log" component={AuditLogPage} />
        <Route path="/api-keys" component={ApiKeysPage} />
        <Route path="/webhooks" component={WebhooksPage} />
        <Route path="/webhooks/:id">{({ id }) => <WebhookPage key={id} id={id} />}</Route>
        <Route path="/settings" component={SettingsPage} />
        <Route path="/">
          <Redirect to="/customers" replace />
        </Route>
        <Route>
          <NoSuchPage />
        </Route>
      </Switch>
    </Shell>
  )
}

function NoSuchPage() {
  usePageName('There is no such page')
  return (
    <>
      <PageHeader title="There is no such page" />
      <EmptyState
        icon={<FileQuestion />}
        title="Nothing is at this address"
        text="It may have been removed, or the link is not complete."
        actions={<Link href="/customers">Go to the customers</Link>}
      />
    </>
  )
}
