import { createFrame, type FrameOptions } from './frame-element.js'
import type { InlayHandle } from './options.js'

const mounted = new WeakMap<Element, InlayHandle>()

/**
 * Shows the widget in an iframe within an element. Another mount on the same element takes the place of the first.
 *
 * @param target an element, or a selector of one
 * @throws Error when no element matches
 */
export function mount(target: string | Element, options: FrameOptions): InlayHandle {
  const element = typeof target === 'string' ? document.querySelector(target) : target
  if (element === null) throw new Error(`There is no element ${String(target)} on this page.`)
  mounted.get(element)?.destroy()
  const handle = createFrame(element, options)
  mounted.set(element, handle)
  return handle
}
