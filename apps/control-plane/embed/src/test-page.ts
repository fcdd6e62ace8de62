// The script of the vendor's page: widgets as React components, put there and taken away by the test.
import { InlayWidget, type InlayWidgetProps } from '@inlay/embed-ui'
import '@inlay/embed-ui/styles.css'
import { createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'

export interface TestPage {
  /** Reasons for which tokens were asked for. */
  readonly reasons: string[]
  readonly events: string[]
  mount(selector: string, options: Omit<InlayWidgetProps, 'getToken'>): void
  unmount(selector: string): void
}

const roots = new Map<string, Root>()

async function getToken({ reason }: { readonly reason: string }): Promise<string> {
  testPage.reasons.push(reason)
  const response = await fetch('/token', { method: 'POST' })
  if (!response.ok) throw new Error('The vendor does not answer.')
  return response.text()
}

const testPage: TestPage = {
  reasons: [],
  events: [],
  mount: (selector, options) => {
    const element = document.querySelector(selector)
    if (element === null) throw new Error(`There is no ${selector}.`)
    const root = roots.get(selector) ?? createRoot(element)
    roots.set(selector, root)
    const onEvent: InlayWidgetProps['onEvent'] = ({ type, data }) =>
      void testPage.events.push(type === 'error' ? JSON.stringify(data) : type)
    root.render(createElement(InlayWidget, { ...options, getToken, onEvent }))
  },
  unmount: (selector) => {
    roots.get(selector)?.unmount()
    roots.delete(selector)
  },
}

Object.assign(window, { testPage, getToken })
