import { describe, expect, it } from 'vitest'
import { ELEMENT_WAYS, type ElementProperties, elementOptions, OBSERVED_ATTRIBUTES } from './element-options.js'
import type { FrameOptions } from './frame-element.js'
import { type InlayCallbacks, type InlaySettings, settingsOf } from './options.js'

type Plain = Required<Omit<FrameOptions, keyof InlayCallbacks | 'baseUrl' | 'getToken' | 'cspNonce' | 'hasLinks'>>

/** Every option but functions, each with a value that is not its default. */
const EVERY: Plain = {
  widget: 'runs',
  path: '/runs/run_1',
  workflowId: 'wf_1',
  view: 'runs',
  runId: 'run_1',
  appearance: { colorScheme: 'dark', tokens: { radiusCard: '4px' } },
  locale: 'de',
  messages: { 'ui.close': 'Shut' },
  readOnly: true,
  closable: true,
  height: 700,
  features: { versions: false },
  hotkeys: { singleKey: false },
  linkTo: 'https://app.example/a{path}',
  title: 'Flows',
  loading: 'lazy',
}

/** The same, as attributes of an element say it. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  ...{ path: EVERY.path, 'workflow-id': EVERY.workflowId, view: EVERY.view, 'run-id': EVERY.runId },
  ...{ 'color-scheme': 'dark', locale: 'de', 'read-only': '', closable: '', height: '700' },
  ...{ hotkeys: 'no-single-keys', 'link-to': 'https://app.example/a{path}', label: 'Flows', loading: 'lazy' },
}
const OWN: ElementProperties = { appearance: EVERY.appearance, messages: EVERY.messages, features: EVERY.features }

function element(attributes: Readonly<Record<string, string>>) {
  return {
    getAttribute: (name: string) => attributes[name] ?? null,
    hasAttribute: (name: string) => name in attributes,
  }
}

describe('the options of a widget', () => {
  it('are the same for an element as for a component and the loader', () => {
    // The name of an element says which widget it is.
    const { widget: _widget, ...rest } = EVERY
    expect(elementOptions(element(ATTRIBUTES), OWN)).toEqual(rest)
    const known = Object.values(ELEMENT_WAYS).flatMap((way) => ('attribute' in way ? [way.attribute] : []))
    expect([...known].sort()).toEqual([...Object.keys(ATTRIBUTES), 'base-url', 'token-url'].sort())
    for (const name of OBSERVED_ATTRIBUTES) expect(ATTRIBUTES).toHaveProperty([name])
  })

  it('all reach the widget, whichever way they came', () => {
    const settings: Required<InlaySettings> = { ...settingsOnly(EVERY), hasLinks: true }
    const base = { baseUrl: 'https://plane.example', getToken: async () => '' }
    expect(settingsOf({ ...EVERY, ...base })).toEqual(settings)
    expect(settingsOf({ widget: 'runs', ...elementOptions(element(ATTRIBUTES), OWN), ...base })).toEqual(settings)
  })

  it('are left out by an element that says nothing, and properties win over attributes', () => {
    expect(elementOptions(element({}), {})).toEqual({ readOnly: false, closable: false })
    const linkTo = (path: string) => path
    const attributes = { hotkeys: 'none', 'link-to': '/a{path}', 'color-scheme': 'dark', height: '' }
    const own: ElementProperties = { linkTo, appearance: { tokens: { radiusCard: '0' } } }
    expect(elementOptions(element(attributes), own)).toEqual({
      ...{ readOnly: false, closable: false, hotkeys: false, linkTo },
      appearance: { colorScheme: 'dark', tokens: { radiusCard: '0' } },
    })
  })
})

function settingsOnly(options: Plain): Required<Omit<InlaySettings, 'hasLinks'>> {
  const {
    workflowId: _workflow,
    view: _view,
    runId: _run,
    linkTo: _link,
    title: _title,
    loading: _loading,
    ...rest
  } = options
  return rest
}
