import type { Connector } from '@inlay/engine'
import { apiProblems, authProblems, memberProblems } from '../../connector/definition-problems.js'
import type { ContractProblem } from './contract-report.js'

const MAX_ICON_LENGTH = 20_000

/** What `defineConnector` would refuse: for connectors that were made in another way. */
export function definitionCheck(connector: Connector): ContractProblem[] {
  const members = Object.entries({ ...connector.actions, ...connector.triggers })
  const problems = [
    ...memberProblems(connector),
    ...apiProblems(connector),
    ...authProblems(connector),
    ...members.filter(([, { description }]) => description === '').map(([id]) => `"${id}" needs a description`),
    ...(members.length === 0 ? ['it has neither actions nor triggers'] : []),
  ]
  return problems.map((problem) => ({ check: 'definition', of: '', problem }))
}

/** What people see of a connector in a catalog. */
export function displayCheck({ icon, categories, docs = '' }: Connector): ContractProblem[] {
  const problems = [
    ...(icon === undefined ? ['it has no icon'] : iconProblems(icon)),
    ...(categories.length === 0 ? ['it has no category'] : []),
    ...(docs.trim() === '' ? ['it has no docs: a sentence on what people need to set it up'] : []),
  ]
  return problems.map((problem) => ({ check: 'display', of: '', problem }))
}

const UNSAFE_IN_ICONS: readonly (readonly [RegExp, string])[] = [
  [/<script/i, 'a script'],
  [/\son[a-z]+\s*=/i, 'an event handler'],
  [/javascript:/i, 'a script address'],
  [/<foreignObject/i, 'foreign markup'],
  [/<(?:image|iframe|embed|object|audio|video|a)[\s>]/i, 'an element that loads or links something'],
  [/<!(?:DOCTYPE|ENTITY)/i, 'a document type'],
  [/href\s*=\s*["']?\s*(?!["']?\s*#)[^"'\s>]/i, 'a reference to somewhere else'],
  [/url\(\s*["']?\s*(?!["']?\s*#)[^)\s"']/i, 'a reference to somewhere else'],
  [/@import/i, 'an import'],
]

/** What keeps an SVG document from being shown as an icon. */
function iconProblems(icon: string): string[] {
  const head = /^<svg\b[^>]*>/.exec(icon.trim())?.[0]
  if (head === undefined) return ['the icon is no SVG document']
  return [
    ...(/\sviewBox\s*=/.test(head) ? [] : ['the icon has no viewBox']),
    ...(head.includes('xmlns="http://www.w3.org/2000/svg"')
      ? []
      : ['the icon has no xmlns, so that browsers do not draw it']),
    ...(icon.length > MAX_ICON_LENGTH ? [`the icon has more than ${MAX_ICON_LENGTH} characters`] : []),
    ...UNSAFE_IN_ICONS.filter(([pattern]) => pattern.test(icon)).map(([, what]) => `the icon holds ${what}`),
  ]
}
