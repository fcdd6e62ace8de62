import { useEffect, useState } from 'react'
import { AutomationsPage } from './AutomationsPage.js'
import { OrdersPage } from './OrdersPage.js'
import { WIDGETS, WidgetPage, type WidgetPageProps } from './WidgetPage.js'

export interface Config {
  readonly baseUrl: string
  readonly company: string
  readonly user: { readonly name: string }
}

/** Larkfield: a sidebar, its orders, and a page for each widget. */
export function App() {
  const config = useConfig()
  const { pathname } = location
  const isOrders = pathname === '/'
  return (
    <div className="shell">
      <nav className="side" aria-label="Larkfield">
        <div className="logo">
          <span className="mark" />
          Larkfield
        </div>
        <Link to="/" title="Orders" isHere={isOrders} />
        <Link to="/automations" title="Automations" isHere={pathname.startsWith('/automations')} />
        {Object.entries(WIDGETS).map(([name, { title }]) => (
          <Link key={name} to={`/widgets/${name}`} title={title} isHere={pathname === `/widgets/${name}`} />
        ))}
        <Link to="/frame.html" title="Automations (iframe)" isHere={false} />
        <Link to="/elements.html" title="Elements" isHere={false} />
        {config !== undefined && (
          <div className="person">
            {config.user.name}
            <small>{config.company}</small>
          </div>
        )}
      </nav>
      <main className={isOrders ? 'main' : 'main filled'}>
        {isOrders ? <OrdersPage /> : config !== undefined && <Page baseUrl={config.baseUrl} pathname={pathname} />}
      </main>
    </div>
  )
}

interface LinkProps {
  readonly to: string
  readonly title: string
  readonly isHere: boolean
}

function Link({ to, title, isHere }: LinkProps) {
  return (
    <a href={to} aria-current={isHere ? 'page' : undefined}>
      {title}
    </a>
  )
}

function Page({ baseUrl, pathname }: { readonly baseUrl: string; readonly pathname: string }) {
  const name = pathname.split('/')[2]
  const isWidget = pathname.startsWith('/widgets/') && name !== undefined && name in WIDGETS
  // The line above has found the name among them.
  return isWidget ? (
    <WidgetPage baseUrl={baseUrl} name={name as WidgetPageProps['name']} />
  ) : (
    <AutomationsPage baseUrl={baseUrl} />
  )
}

function useConfig(): Config | undefined {
  const [config, setConfig] = useState<Config>()
  useEffect(() => {
    fetch('/api/config')
      .then((response) => response.json())
      .then(setConfig)
      .catch((error: unknown) => console.error('Larkfield does not answer.', error))
  }, [])
  return config
}
