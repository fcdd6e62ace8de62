/** Looks for our name in what people are shown, and in what is only in the source. */
import type { Frame, Page, Response } from 'playwright-core'

const OUR_NAME = /inlay/i
/** Formats of documents that programs read, and packages that the vendor's developers install: names of things, not a mark. */
const NAMES_OF_THINGS = /inlay\/[a-z-]+@\d+|@inlay\/[\w/-]+|create-inlay-connector/g

interface Hit {
  readonly view: string
  readonly where: string
  readonly text: string
}

/** What was found on a walk through views. */
export class BrandWalk {
  /** What a person can see or read: texts, titles, descriptions for screen readers, addresses, headers. */
  readonly visible: Hit[] = []
  /** How often the name is in the source of a page: classes, attributes of our own, names of files. */
  readonly inSource = new Map<string, number>()
  readonly views: string[] = []

  constructor(private readonly origin: string) {}

  /** Holds every answer of the product to a page against the name, from now on. @param view tells which view it is */
  watch(page: Page, view: () => string): void {
    page.on('response', (response) => void this.#holdHeaders(response, view()).catch(() => undefined))
  }

  /** Reads all frames of a page that the product serves. */
  async look(page: Page, view: string): Promise<void> {
    this.views.push(view)
    for (const frame of page.frames()) if (frame.url().startsWith(this.origin)) await this.#read(frame, view)
  }

  /** Reads an answer to a program. */
  async ask(path: string, init: RequestInit = {}): Promise<void> {
    const view = `${init.method ?? 'GET'} ${path}`
    this.views.push(view)
    const answer = await fetch(this.origin + path, { redirect: 'manual', ...init })
    for (const [name, value] of answer.headers) this.hold(view, 'header', `${name}: ${value}`)
    for (const line of (await answer.text()).split('\n')) this.hold(view, 'answer', line)
  }

  /** Holds one text that somebody can read against the name. */
  hold(view: string, where: string, text: string): void {
    const rest = text.replaceAll(NAMES_OF_THINGS, '')
    const found = OUR_NAME.exec(rest)
    if (found === null) return
    const around = rest.slice(Math.max(0, found.index - 30), found.index + 40).trim()
    this.visible.push({ view, where, text: around })
  }

  async #holdHeaders(response: Response, view: string): Promise<void> {
    if (!response.url().startsWith(this.origin)) return
    for (const { name, value } of await response.headersArray()) this.hold(view, 'header', `${name}: ${value}`)
  }

  async #read(frame: Frame, view: string): Promise<void> {
    const { seen, source } = await frame.evaluate(readPage)
    for (const [where, text] of seen) this.hold(view, where, text)
    const hits = source.match(/inlay/gi)?.length ?? 0
    if (hits > 0) this.inSource.set(view, hits)
  }
}

/** Runs in the page: what a person can see or hear of it, and its source. */
function readPage(): { seen: [where: string, text: string][]; source: string } {
  // Where a link or a form leads to is shown by browsers.
  const told = 'alt title aria-label aria-description placeholder content label download href action'.split(' ')
  const elements = [...document.querySelectorAll('*')]
  const attributes = elements
    .filter((element) => !(element instanceof HTMLLinkElement))
    .flatMap((element) => told.map((name): [string, string] => [name, element.getAttribute(name) ?? '']))
  const values = [...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), textarea')]
  return {
    seen: [
      ['title', document.title],
      ['address', location.href],
      // biome-ignore lint/performance/useDomNodeTextContent: what is not rendered is source, not text
      ['text', document.body.innerText],
      ...attributes,
      ...values.map(({ value }): [string, string] => ['value', value]),
    ],
    source: document.documentElement.outerHTML,
  }
}
