import {
  type ForwardRefExoticComponent,
  forwardRef,
  type ReactNode,
  type Ref,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import type { LinkTo } from '../links/link-context.js'
import { readLinkTo } from '../links/read-link-to.js'
import { BuilderApp } from './BuilderApp.js'
import { type BuilderController, createController } from './controller.js'
import { allowStyles } from './csp-nonce.js'
import { createEmbedSession, type EmbedSession } from './embed-session.js'
import { type InlayHandle, type InlayOptions, settingsOf, wireCallbacks } from './options.js'
import type { WidgetName } from './widgets.js'

export interface InlayWidgetProps extends InlayOptions {
  /** Shown until the session has begun. @default a spinner */
  readonly fallback?: ReactNode
}

interface Opened {
  readonly linkTo: LinkTo
  readonly controller: BuilderController
  readonly session: EmbedSession
}

/** Any widget in the page; `widget` says which. */
export const InlayWidget = forwardRef<InlayHandle, InlayWidgetProps>(function InlayWidget(props, ref) {
  const { fallback, ...options } = props
  const latest = useRef(options)
  latest.current = options
  const [opened, setOpened] = useState<Opened>()
  const { baseUrl } = options
  // Another address is another widget; all else is an update.
  useEffect(() => {
    allowStyles(latest.current.cspNonce)
    const controller = createController(settingsOf(latest.current))
    const session = createEmbedSession(
      { baseUrl, getToken: (request) => latest.current.getToken(request) },
      controller.events,
    )
    wireCallbacks(controller, () => latest.current)
    const linkTo = (path: string) => readLinkTo(latest.current.linkTo ?? '', path, location.href)
    setOpened({ controller, session, linkTo })
    return () => session.dispose()
  }, [baseUrl])
  useSettings(opened?.controller, options)
  return opened === undefined ? (
    fallback
  ) : (
    <>
      <HandleOf controller={opened.controller} handle={ref} />
      <BuilderApp key={baseUrl} {...opened} fallback={fallback} cspNonce={options.cspNonce} />
    </>
  )
})

/** A widget of its own name, with the same options as all others. */
type WidgetComponent = ForwardRefExoticComponent<Omit<InlayWidgetProps, 'widget'> & RefAttributes<InlayHandle>>

function widgetComponent(widget: WidgetName, displayName: string): WidgetComponent {
  // biome-ignore lint/correctness/noComponentHookFactories: called once per widget, when the module loads
  const Component = forwardRef<InlayHandle, Omit<InlayWidgetProps, 'widget'>>((props, ref) => (
    <InlayWidget ref={ref} {...props} widget={widget} />
  ))
  Component.displayName = displayName
  return Component
}

/**
 * The workflow builder in the page, with its list of workflows. Give it a container with a height, and import
 * `@inlay/embed-ui/styles.css` once.
 *
 * @example
 * <InlayBuilder
 *   baseUrl="https://automation.example.com"
 *   getToken={async () => (await fetch('/api/inlay-token', { method: 'POST' })).text()}
 * />
 */
export const InlayBuilder = widgetComponent('builder', 'InlayBuilder')
/** The accounts of a customer, in the page. */
export const ConnectionManager = widgetComponent('connections', 'ConnectionManager')
/** Automations as switches with settings, in the page. */
export const AutomationList = widgetComponent('automations', 'AutomationList')
/** What all automations of a customer have done, in the page. */
export const RunHistory = widgetComponent('runs', 'RunHistory')
/** Workflows to begin from, in the page. The event `navigate` tells which workflow was made. */
export const TemplateGallery = widgetComponent('templates', 'TemplateGallery')
/** Decisions that automations wait for, in the page. */
export const ApprovalInbox = widgetComponent('approvals', 'ApprovalInbox')

/** Hands props that changed to the widget. */
function useSettings(controller: BuilderController | undefined, options: InlayOptions): void {
  const settings = settingsOf(options)
  const text = JSON.stringify(settings)
  const before = useRef(text)
  useEffect(() => {
    if (controller === undefined || before.current === text) return
    before.current = text
    controller.update(JSON.parse(text))
  }, [controller, text])
}

function HandleOf({
  controller,
  handle,
}: {
  readonly controller: BuilderController
  readonly handle?: Ref<InlayHandle>
}) {
  useImperativeHandle(handle, () => controller, [controller])
  return null
}
