// The script tag: `<script async src="https://…/embed/v1.js"></script>`.
// Not of `/element`, which defines the elements at once: here they know where the script came from.
import { defineElements, type FrameOptions, mount } from '@inlay/embed-ui/loader'

type MountOptions = Omit<FrameOptions, 'baseUrl'> & { readonly baseUrl?: string }

interface InlayGlobal {
  readonly version: 1
  /** As `mount` of `@inlay/embed-ui/loader`; `baseUrl` is where this script came from unless given. */
  mount(target: string | Element, options: MountOptions): ReturnType<typeof mount>
  /** Calls back at once: pages that loaded the script with `async` queue their callbacks under the same name. */
  ready(callback: (inlay: InlayGlobal) => void): void
}

/** What a page may have put under our name before the script was there. */
interface Queue {
  readonly q?: readonly ((inlay: InlayGlobal) => void)[]
}

const script = new URL(document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href)
const name = script.searchParams.get('global') ?? 'Inlay'
const inlay: InlayGlobal = {
  version: 1,
  mount: (target, options) => mount(target, { baseUrl: script.origin, ...options }),
  ready: (callback) => callback(inlay),
}
// The page chooses the name, so it cannot be declared.
const page = window as unknown as Record<string, Queue | InlayGlobal | undefined>
const before = page[name]
page[name] = inlay
defineElements(script.searchParams.get('prefix') ?? 'inlay', script.origin)
if (before !== undefined && 'q' in before) for (const callback of before.q ?? []) callback(inlay)
