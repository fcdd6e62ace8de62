// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { defineElements } from './widget-elements.js'

afterEach(() => document.body.replaceChildren())

type BuilderElement = HTMLElement & { readonly handle: unknown; messages?: unknown }

function place(html: string): BuilderElement {
  document.body.innerHTML = html
  // The elements are of this kind; the DOM's types do not know it.
  return document.body.firstElementChild as BuilderElement
}

describe('an element of a widget', () => {
  it('keeps what a page has set before it was defined, and answers it as its own property', () => {
    const element = place('<early-builder base-url="https://plane.test" token-url="/token"></early-builder>')
    const messages = { 'toolbar.publish': 'Go live' }
    element.messages = messages
    defineElements('early')
    expect(Object.hasOwn(element, 'messages')).toBe(false)
    expect(element.messages).toBe(messages)
    expect(element.style.display).toBe('block')
  })

  it('has a frame while it is on the page, and a new one when it comes back', () => {
    defineElements('coming')
    const element = place('<coming-builder base-url="https://plane.test" token-url="/token"></coming-builder>')
    const { handle } = element
    expect(element.querySelector('iframe')?.src).toMatch(/^https:\/\/plane\.test\//)
    element.remove()
    expect(element.handle).toBeUndefined()
    document.body.append(element)
    expect(element.handle).toBeDefined()
    expect(element.handle).not.toBe(handle)
  })
})
