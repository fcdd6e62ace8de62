import { forwardRef, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { readLinkTo } from '../links/read-link-to.js'
import { createFrame, type FrameOptions } from './frame-element.js'
import { type InlayHandle, settingsOf } from './options.js'

export type InlayFrameProps = FrameOptions

/** The workflow builder in an iframe: nothing of the page's styles reaches it. */
export const InlayFrame = forwardRef<InlayHandle | null, InlayFrameProps>(function InlayFrame(options, ref) {
  const container = useRef<HTMLDivElement>(null)
  const latest = useRef(options)
  latest.current = options
  const [handle, setHandle] = useState<InlayHandle | null>(null)
  const { baseUrl } = options
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another frame; all else is an update
  useEffect(() => {
    if (container.current === null) return
    const created = createFrame(container.current, {
      ...latest.current,
      getToken: (request) => latest.current.getToken(request),
      linkTo: (path) => readLinkTo(latest.current.linkTo ?? '', path, location.href),
      hasLinks: latest.current.linkTo !== undefined,
      onReady: () => latest.current.onReady?.(),
      onError: (error) => latest.current.onError?.(error),
      onNavigate: (path) => latest.current.onNavigate?.(path),
      onEvent: (event) => latest.current.onEvent?.(event),
    })
    setHandle(created)
    return () => created.destroy()
  }, [baseUrl])
  const text = JSON.stringify(settingsOf(options))
  const before = useRef(text)
  useEffect(() => {
    if (before.current === text) return
    before.current = text
    handle?.update(JSON.parse(text))
  }, [handle, text])
  useImperativeHandle<InlayHandle | null, InlayHandle | null>(ref, () => handle, [handle])
  return <div ref={container} style={{ height: options.height === undefined ? '100%' : undefined }} />
})
