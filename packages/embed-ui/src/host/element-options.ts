// How a custom element takes the options that components and the loader have.
import type { HotkeysOption } from '../shortcuts/useHotkeys.js'
import type { FrameOptions } from './frame-element.js'
import type { WidgetHeight } from './options.js'

/** By which way an element takes an option. */
interface ElementWay {
  readonly attribute?: string
  /** The attribute counts when the element comes onto the page, and not later. */
  readonly isFixed?: true
  /** Says where the widget is: only the change of such an attribute moves it. */
  readonly isPlace?: true
  /** A property of the same name as the option. It wins over the attribute. */
  readonly isProperty?: true
  /** The event of the element that is told instead of calling a function; `*` is `element.on('*')`. */
  readonly event?: string
}

/** Every option of components and the loader, and an element's way to it: what is missing here does not compile. */
export const ELEMENT_WAYS = {
  // The name of the element says it.
  widget: {},
  baseUrl: { attribute: 'base-url', isFixed: true },
  getToken: { attribute: 'token-url', isFixed: true, isProperty: true },
  path: { attribute: 'path', isPlace: true },
  workflowId: { attribute: 'workflow-id', isPlace: true },
  view: { attribute: 'view', isPlace: true },
  runId: { attribute: 'run-id', isPlace: true },
  appearance: { attribute: 'color-scheme', isProperty: true },
  locale: { attribute: 'locale' },
  messages: { isProperty: true },
  readOnly: { attribute: 'read-only' },
  closable: { attribute: 'closable' },
  height: { attribute: 'height' },
  features: { isProperty: true },
  hotkeys: { attribute: 'hotkeys', isProperty: true },
  linkTo: { attribute: 'link-to', isProperty: true },
  // It follows from linkTo.
  hasLinks: {},
  title: { attribute: 'label', isFixed: true },
  loading: { attribute: 'loading', isFixed: true },
  onNavigate: { event: 'navigate' },
  onReady: { event: 'ready' },
  onError: { event: 'error' },
  onEvent: { event: '*' },
  // The page in the frame has a policy of its own.
  cspNonce: {},
} as const satisfies Record<keyof FrameOptions, ElementWay>

type Ways = typeof ELEMENT_WAYS
type PropertyName = { [Name in keyof Ways]: Ways[Name] extends { isProperty: true } ? Name : never }[keyof Ways]

const ways: readonly (readonly [string, ElementWay])[] = Object.entries(ELEMENT_WAYS)

/** Options that are properties of an element. */
export const ELEMENT_PROPERTIES = ways.filter(([, { isProperty }]) => isProperty).map(([name]) => name)

/** What a page has set as properties. */
export type ElementProperties = Partial<Pick<FrameOptions, PropertyName>>

/** Attributes whose change is an update. */
export const OBSERVED_ATTRIBUTES = attributesOf(({ isFixed }) => isFixed !== true)

const PLACE_ATTRIBUTES = attributesOf(({ isPlace }) => isPlace === true)

function attributesOf(isWanted: (way: ElementWay) => boolean): readonly string[] {
  return ways.flatMap(([, way]) => (way.attribute !== undefined && isWanted(way) ? [way.attribute] : []))
}

type Attributes = Pick<Element, 'getAttribute' | 'hasAttribute'>

type ElementOptions = Omit<FrameOptions, 'baseUrl' | 'getToken' | 'widget'>

/** The options that an element's attributes and properties say; those that neither says are left out. */
export function elementOptions(element: Attributes, own: ElementProperties): ElementOptions {
  const text = (name: string) => element.getAttribute(name) ?? undefined
  const view = text('view')
  const { getToken: _getToken, appearance, ...properties } = own
  return given({
    path: text('path'),
    workflowId: text('workflow-id'),
    runId: text('run-id'),
    view: view === 'runs' || view === 'builder' ? view : undefined,
    locale: text('locale'),
    readOnly: element.hasAttribute('read-only'),
    closable: element.hasAttribute('closable'),
    height: heightFrom(text('height')),
    hotkeys: hotkeysFrom(text('hotkeys')),
    linkTo: text('link-to'),
    title: text('label'),
    loading: text('loading') === 'lazy' ? 'lazy' : undefined,
    ...given(properties),
    appearance: appearanceFrom(text('color-scheme'), appearance),
  })
}

/** Whether a change of an attribute moves the widget; all others leave the person where they are. */
export function isPlaceAttribute(name: string): boolean {
  return PLACE_ATTRIBUTES.includes(name)
}

function appearanceFrom(scheme: string | undefined, own: FrameOptions['appearance']): FrameOptions['appearance'] {
  const isScheme = scheme === 'light' || scheme === 'dark' || scheme === 'auto' || scheme === 'inherit'
  return isScheme ? { colorScheme: scheme, ...own } : own
}

function heightFrom(text: string | undefined): WidgetHeight | undefined {
  if (text === undefined || text === '') return undefined
  return text === 'auto' || text === 'fill' ? text : Number.parseInt(text, 10)
}

/** `none`, or `no-single-keys`. */
function hotkeysFrom(text: string | undefined): HotkeysOption | undefined {
  if (text === 'none') return false
  return text === 'no-single-keys' ? { singleKey: false } : undefined
}

/** Without the fields that hold nothing: options tell apart what is left out. */
function given<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  // Only fields that are undefined are left out.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}
