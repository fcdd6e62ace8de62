import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'

/** What the vendor's page keeps for tests. */
interface VendorWindow {
  readonly events: readonly string[]
  readonly reasons: readonly string[]
  readonly violations: readonly string[]
  dispatchEvent(event: Event): boolean
}
declare const window: VendorWindow

/** Somebody in a browser of their own, at the vendor's page with the widget. */
export class Visitor {
  /** What went wrong in scripts, of the page and of the frame. */
  readonly failures: string[] = []

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.failures.push(error.message))
  }

  static async enter(browser: Browser, address: string, viewport = { width: 1280, height: 860 }): Promise<Visitor> {
    const context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce' })
    return Visitor.openTab(context, address)
  }

  /** Another tab of the same browser. */
  static async openTab(context: BrowserContext, address: string): Promise<Visitor> {
    const visitor = new Visitor(context, await context.newPage())
    await visitor.page.goto(address)
    return visitor
  }

  get widget(): FrameLocator {
    return this.page.frameLocator('#widget iframe')
  }

  /** The names of the events that the vendor's page has heard. */
  events(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.events)
  }

  /** Why the vendor's page was asked for tokens. */
  reasons(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.reasons)
  }

  /** What the policy of the vendor's page has stopped. */
  violations(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.violations)
  }

  /**
   * Whether the frame wants the browser to ask before the page goes. The browser itself asks only when a frame says so
   * within a second: a busy machine would have the page go.
   */
  async wantsToStay(): Promise<boolean> {
    const frame = await (await this.page.$('#widget iframe'))?.contentFrame()
    return (
      (await frame?.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))) ?? false
    )
  }
}
