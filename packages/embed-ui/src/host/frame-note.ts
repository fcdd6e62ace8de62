// What stands in place of a frame that does not answer. Plain elements: there is nothing else on this side.
import type { PartialMessages } from '../messages/messages.js'

/** Says that the widget could not be loaded, and offers to try again. */
export class FrameNote {
  #element: HTMLElement | undefined

  constructor(
    private readonly container: Element,
    private readonly frame: HTMLElement,
    private readonly onRetry: () => void,
  ) {}

  /** @param messages the host's own words, under the keys of the widget */
  show(messages: PartialMessages = {}): void {
    this.hide()
    const text = document.createElement('p')
    text.textContent = textOf(messages['session.failed'], 'The automations could not be opened')
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = textOf(messages['ui.retry'], 'Try again')
    button.onclick = () => this.onRetry()
    this.#element = document.createElement('div')
    this.#element.setAttribute('role', 'alert')
    Object.assign(this.#element.style, {
      padding: '32px 16px',
      font: '15px/1.5 system-ui, sans-serif',
      textAlign: 'center',
    })
    this.#element.append(text, button)
    this.frame.style.display = 'none'
    this.container.append(this.#element)
  }

  /** Safe to call when nothing is shown. */
  hide(): void {
    this.#element?.remove()
    this.#element = undefined
    this.frame.style.display = 'block'
  }
}

function textOf(message: PartialMessages[keyof PartialMessages], english: string): string {
  return typeof message === 'string' ? message : english
}
