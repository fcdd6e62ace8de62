import { forwardRef, type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { BuilderApp } from './BuilderApp.js'
import { type BuilderController, createController } from './controller.js'
import { createEmbedSession, type EmbedSession } from './embed-session.js'
import { type InlayHandle, type InlayOptions, settingsOf, wireCallbacks } from './options.js'

export interface InlayBuilderProps extends InlayOptions {
  /** Shown until the session has begun. @default a spinner */
  readonly fallback?: ReactNode
}

interface Opened {
  readonly controller: BuilderController
  readonly session: EmbedSession
}

/**
 * The workflow builder in the page. Give it a container with a height, and import `@inlay/embed-ui/styles.css` once.
 *
 * @example
 * <InlayBuilder
 *   baseUrl="https://automation.example.com"
 *   getToken={async () => (await fetch('/api/inlay-token', { method: 'POST' })).text()}
 * />
 */
export const InlayBuilder = forwardRef<InlayHandle, InlayBuilderProps>(function InlayBuilder(props, ref) {
  const { fallback, ...options } = props
  const latest = useRef(options)
  latest.current = options
  const [opened, setOpened] = useState<Opened>()
  const { baseUrl } = options
  // Another address is another widget; all else is an update.
  useEffect(() => {
    const controller = createController(settingsOf(latest.current))
    const session = createEmbedSession(
      { baseUrl, getToken: (request) => latest.current.getToken(request) },
      controller.events,
    )
    wireCallbacks(controller, () => latest.current)
    setOpened({ controller, session })
    return () => session.dispose()
  }, [baseUrl])
  useSettings(opened?.controller, options)
  return opened === undefined ? (
    fallback
  ) : (
    <>
      <HandleOf controller={opened.controller} handle={ref} />
      <BuilderApp key={baseUrl} {...opened} fallback={fallback} />
    </>
  )
})

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
