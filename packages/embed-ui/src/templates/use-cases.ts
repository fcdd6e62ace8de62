// What a gallery shows of the templates that there are: pure, so that it can be tested without one.
import type { Connection, ConnectorSummary, Template } from '../data/api-types.js'
import { matchesSearch } from '../search/folded-text.js'

/** What a person looks for. */
export interface TemplateFilter {
  readonly search: string
  /** Null: all. */
  readonly useCase: string | null
  readonly onlyConnected: boolean
}

export const EVERY_TEMPLATE: TemplateFilter = { search: '', useCase: null, onlyConnected: false }

/** Templates of one use case; null for those that name none. */
export interface TemplateGroup {
  readonly useCase: string | null
  readonly templates: readonly Template[]
}

/** What is known of the services around. */
export interface Surroundings {
  readonly connectors: readonly ConnectorSummary[]
  readonly connections: readonly Connection[]
}

/** All use cases that templates name, in alphabetical order of the language. */
export function namedUseCases(templates: readonly Template[], locale: string): readonly string[] {
  const named = templates.flatMap(({ useCase }) => (useCase === null ? [] : [useCase]))
  return [...new Set(named)].sort(new Intl.Collator(locale).compare)
}

/** Connectors that a template does not work without an account of. */
export function requiredAccounts(
  { connectors: used }: Template,
  connectors: readonly ConnectorSummary[],
): readonly ConnectorSummary[] {
  return connectors.filter(({ id, connection }) => connection === 'required' && used.includes(id))
}

/** Whether all accounts are there that a template needs. */
export function isConnected(template: Template, { connectors, connections }: Surroundings): boolean {
  return requiredAccounts(template, connectors).every(({ id }) => connections.some(({ connector }) => connector === id))
}

/** The templates that a filter lets through. Every word has to be found: in the name, the text or a service's name. */
export function matching(
  templates: readonly Template[],
  { search, useCase, onlyConnected }: TemplateFilter,
  around: Surroundings,
): readonly Template[] {
  return templates.filter((template) => {
    if (useCase !== null && template.useCase !== useCase) return false
    if (onlyConnected && !isConnected(template, around)) return false
    const services = around.connectors.filter(({ id }) => template.connectors.includes(id)).map(({ name }) => name)
    return matchesSearch(search, [template.name, template.description, template.useCase ?? '', ...services])
  })
}

/** Templates by use case; those without one come last. */
export function grouped(templates: readonly Template[], locale: string): readonly TemplateGroup[] {
  const groups = namedUseCases(templates, locale).map((useCase): TemplateGroup => {
    return { useCase, templates: templates.filter((template) => template.useCase === useCase) }
  })
  const rest = templates.filter(({ useCase }) => useCase === null)
  return rest.length === 0 ? groups : [...groups, { useCase: null, templates: rest }]
}
