import { useEffect, useState } from 'react'
import { AutomationsPage } from './AutomationsPage.js'
import { OrdersPage } from './OrdersPage.js'

export interface Config {
  readonly baseUrl: string
  readonly company: string
  readonly user: { readonly name: string }
}

/** Larkfield: a sidebar and two pages. */
export function App() {
  const config = useConfig()
  const isAutomations = location.pathname.startsWith('/automations')
  return (
    <div className="shell">
      <nav className="side" aria-label="Larkfield">
        <div className="logo">
          <span className="mark" />
          Larkfield
        </div>
        <a href="/" aria-current={isAutomations ? undefined : 'page'}>
          Orders
        </a>
        <a href="/automations" aria-current={isAutomations ? 'page' : undefined}>
          Automations
        </a>
        <a href="/frame.html">Automations (iframe)</a>
        {config !== undefined && (
          <div className="person">
            {config.user.name}
            <small>{config.company}</small>
          </div>
        )}
      </nav>
      <main className={isAutomations ? 'main filled' : 'main'}>
        {isAutomations ? config !== undefined && <AutomationsPage baseUrl={config.baseUrl} /> : <OrdersPage />}
      </main>
    </div>
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
