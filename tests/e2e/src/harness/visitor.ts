import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'

/** What the vendor's page keeps for tests. */
interface VendorWindow {
  readonly events: readonly string[]
  readonly reasons: readonly string[]
  readonly violations: readonly string[]
}
declare const window: VendorWindow

/** Somebody in a browser of their own, at the vendor's page with the widget. */
export class Visitor {
  /** Questions of the browser whether to leave the page; each is answered with staying. */
  readonly warnings: string[] = []
  /** What went wrong in scripts, of the page and of the frame. */
  readonly failures: string[] = []

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.failures.push(error.message))
    page.on('dialog', async (dialog) => {
      this.warnings.push(dialog.type())
      await dialog.dismiss()
    })
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

  /** Presses reload, as a person does: the browser may ask first. */
  async reload(): Promise<void> {
    await this.page.evaluate(() => void setTimeout(() => location.reload(), 0))
  }
}
