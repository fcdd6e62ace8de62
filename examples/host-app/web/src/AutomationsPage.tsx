import { InlayBuilder } from '@inlay/embed-ui'
import '@inlay/embed-ui/styles.css'
import { useState } from 'react'
import { appearance, getToken } from './inlay.js'

/** The builder as a React component. Its path is kept in the page's address, so that links and Back work. */
export function AutomationsPage({ baseUrl }: { readonly baseUrl: string }) {
  const [path, setPath] = useState(() => `/workflows${location.pathname.slice('/automations'.length)}`)
  return (
    <div className="widget">
      <InlayBuilder
        baseUrl={baseUrl}
        getToken={getToken}
        appearance={appearance}
        path={path}
        onNavigate={(next) => {
          setPath(next)
          history.replaceState(null, '', `/automations${next.slice('/workflows'.length)}`)
        }}
        onEvent={(event) => console.info('automation event', event)}
      />
    </div>
  )
}
