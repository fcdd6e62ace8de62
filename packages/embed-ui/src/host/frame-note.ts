// What stands in place of a frame that does not answer. Plain elements: there is nothing else on this side.
import { type LocaleName, nearestLocale } from '../messages/locale-names.js'
import type { PartialMessages } from '../messages/messages.js'

/**
 * `session.failed` and `ui.retry` of every language: where the frame does not come, files with texts would not come either.
 *
 * @internal
 */
export const FRAME_NOTES: Readonly<Record<LocaleName, readonly [failed: string, again: string]>> = {
  en: ['The automations could not be opened', 'Try again'],
  de: ['Die Automatisierungen konnten nicht geöffnet werden', 'Erneut versuchen'],
  fr: ['Les automatisations n’ont pas pu être ouvertes', 'Réessayer'],
  es: ['No se han podido abrir las automatizaciones', 'Reintentar'],
  'pt-BR': ['Não foi possível abrir as automações', 'Tentar de novo'],
  ja: ['自動化を開けませんでした', '再試行'],
  ar: ['تعذر فتح الأتمتة', 'إعادة المحاولة'],
}

/** Says that the widget could not be loaded, and offers to try again. */
export class FrameNote {
  #element: HTMLElement | undefined

  constructor(
    private readonly container: Element,
    private readonly frame: HTMLElement,
    private readonly onRetry: () => void,
  ) {}

  /** @param messages the host's own words, under the keys of the widget. @param locale BCP 47 tag */
  show(messages: PartialMessages = {}, locale = 'en'): void {
    this.hide()
    const [failed, again] = FRAME_NOTES[nearestLocale(locale)]
    const text = document.createElement('p')
    text.textContent = textOf(messages['session.failed'], failed)
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = textOf(messages['ui.retry'], again)
    button.onclick = () => this.onRetry()
    this.#element = document.createElement('div')
    this.#element.dir = 'auto'
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

function textOf(message: PartialMessages[keyof PartialMessages], ours: string): string {
  return typeof message === 'string' ? message : ours
}
