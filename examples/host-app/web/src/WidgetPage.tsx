import { ApprovalInbox, AutomationList, ConnectionManager, RunHistory, TemplateGallery } from '@inlay/embed-ui'
import '@inlay/embed-ui/styles.css'
import { appearance, getToken } from './inlay.js'

/** The widgets beside the builder, by the last part of the page's address. */
export const WIDGETS = {
  switches: { title: 'Switches', Widget: AutomationList },
  accounts: { title: 'Accounts', Widget: ConnectionManager },
  runs: { title: 'Run history', Widget: RunHistory },
  templates: { title: 'Templates', Widget: TemplateGallery },
  approvals: { title: 'Approvals', Widget: ApprovalInbox },
} as const

export interface WidgetPageProps {
  readonly baseUrl: string
  readonly name: keyof typeof WIDGETS
}

/** One widget as a React component. What belongs into the builder is opened there. */
export function WidgetPage({ baseUrl, name }: WidgetPageProps) {
  const { Widget } = WIDGETS[name]
  return (
    <div className="widget">
      <Widget
        baseUrl={baseUrl}
        getToken={getToken}
        appearance={appearance}
        onNavigate={(path) => {
          if (path.startsWith('/workflows/')) location.assign(`/automations${path.slice('/workflows'.length)}`)
        }}
        onEvent={(event) => console.info('automation event', event)}
      />
    </div>
  )
}
