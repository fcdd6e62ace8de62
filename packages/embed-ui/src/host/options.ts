import type { EditorFeatures } from '../editor/editor-features.js'
import type { LinkToOption } from '../links/read-link-to.js'
import type { PartialMessages } from '../messages/messages.js'
import type { HotkeysOption } from '../shortcuts/useHotkeys.js'
import type { Appearance } from '../theme/tokens.js'
import type { InlayEvent, InlayEventData, InlayEventName, InlayListener } from './events.js'
import { WIDGETS, type WidgetName } from './widgets.js'

/** Why a token is asked for. */
export interface TokenRequest {
  readonly reason: 'start' | 'refresh' | 'unauthorized'
}

/** How tall a widget is: a number is pixels, and for frames only. */
export type WidgetHeight = 'fill' | 'auto' | number

/** What can be changed while the widget is shown. Plain data: it also crosses into the iframe. */
export interface InlaySettings {
  /** What to show. @default 'builder' */
  readonly widget?: WidgetName
  /**
   * Where the widget is: `/workflows`, `/workflows/<id>`, `/workflows/<id>/runs`, `/workflows/<id>/runs/<run id>`,
   * `/connections`, `/automations`, `/runs`, `/runs/<run id>`, `/templates` or `/approvals`. @default where the widget begins
   */
  readonly path?: string
  readonly appearance?: Appearance
  /** BCP 47 tag for numbers, dates and plurals. @default the browser's language */
  readonly locale?: string
  /** Own words for single texts. */
  readonly messages?: PartialMessages
  /** @default false; the token's role may forbid changes anyway */
  readonly readOnly?: boolean
  /** Shows a button that asks the host to close the widget: the event `close.requested`. @default false */
  readonly closable?: boolean
  /** Whether the widget fills its container, or is as tall as what it lists; the builder always fills. @default 'fill' */
  readonly height?: WidgetHeight
  /** Parts that can be hidden. Permissions are the token's. @default all shown */
  readonly features?: EditorFeatures
  /** Which keyboard shortcuts work: all, none, or all but those of one key without Ctrl or Alt. @default true */
  readonly hotkeys?: HotkeysOption
  /** Whether paths of the widget have addresses; follows from `linkTo`. @internal */
  readonly hasLinks?: boolean
}

/** Called when something happens in the widget. */
export interface InlayCallbacks {
  /** Called when the person went elsewhere in the widget; pass the path back as `path` to keep the page's address. */
  readonly onNavigate?: (path: string) => void
  readonly onReady?: () => void
  readonly onError?: (error: InlayEventData['error']) => void
  /** Hears every event. */
  readonly onEvent?: (event: InlayEvent) => void
}

/** The options of all three ways in: component, iframe and script tag. */
export interface InlayOptions extends InlaySettings, InlayCallbacks {
  /** The control plane's address, for example `https://automation.example.com`. */
  readonly baseUrl: string
  /**
   * Gives a token that your backend has just signed. Called at the start, before the session ends, and when it was
   * refused; each token is used once.
   */
  readonly getToken: (request: TokenRequest) => Promise<string>
  /** Opens this workflow; short for `path: '/workflows/<id>'`. */
  readonly workflowId?: string
  /** What to open of `workflowId`. @default 'builder' */
  readonly view?: 'builder' | 'runs'
  /** Opens this run. */
  readonly runId?: string
  /**
   * Where you show a path of the widget, for links that people share: an address with `{path}` in it, such as
   * `https://app.example.com/automations{path}`, or a function of the path. @default nothing to share
   */
  readonly linkTo?: LinkToOption
  /** The nonce of the page's Content-Security-Policy, for the few styles that libraries add. */
  readonly cspNonce?: string
}

/** What a host can do with a widget on its page; the same for all three ways in. */
export interface InlayHandle {
  /** Resolves when the widget is signed in and drawn; rejects when it never will be. */
  readonly ready: Promise<void>
  /** Changes settings; those that are not named stay. */
  update(settings: InlaySettings): void
  navigate(path: string): void
  /** @returns a function that takes the listener away */
  on<Name extends InlayEventName>(name: Name | '*', listener: InlayListener<Name>): () => void
  /** Saves what is not saved yet. Resolves to whether everything is saved. */
  save(): Promise<boolean>
  /** Opens the dialog to publish. */
  publish(): void
  undo(): void
  redo(): void
  getState(): Promise<InlayState>
  /** Moves the keyboard's focus into the widget. */
  focus(): void
  /** Takes the widget off the page. Safe to call twice. */
  destroy(): void
}

export interface InlayState {
  readonly path: string
  /** Whether there are changes that are not saved. */
  readonly dirty: boolean
  /** Problems that keep the draft from being published. */
  readonly errors: number
}

/** The path that options ask for at the start. */
function startPath({ path, widget = 'builder', workflowId, view, runId }: InlayOptions): string {
  if (path !== undefined) return path
  if (widget === 'runs' && runId !== undefined) return `/runs/${runId}`
  if (workflowId === undefined) return WIDGETS[widget]
  const base = `/workflows/${workflowId}`
  if (runId !== undefined) return `${base}/runs/${runId}`
  return view === 'runs' ? `${base}/runs` : base
}

/** Names of settings other than the path and what follows from other options. */
const SETTING_NAMES = [
  'widget',
  'appearance',
  'locale',
  'messages',
  'readOnly',
  'closable',
  'height',
  'features',
  'hotkeys',
] as const satisfies readonly (keyof InlaySettings)[]

/** The settings among options: what is plain data. */
export function settingsOf(options: InlayOptions): InlaySettings {
  const given = SETTING_NAMES.filter((name) => options[name] !== undefined).map((name) => [name, options[name]])
  const { hasLinks = options.linkTo !== undefined } = options
  return { path: startPath(options), hasLinks, ...Object.fromEntries(given) }
}

/** Wires the option callbacks to a handle. */
export function wireCallbacks(handle: Pick<InlayHandle, 'on'>, current: () => InlayCallbacks): void {
  handle.on('ready', () => current().onReady?.())
  handle.on('error', ({ data }) => current().onError?.(data))
  handle.on('navigate', ({ data }) => current().onNavigate?.(data.path))
  handle.on('*', (event) => current().onEvent?.(event))
}
