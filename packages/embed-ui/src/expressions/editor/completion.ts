// What can be typed next in an expression: data of earlier steps, and functions.
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { HELPERS, type Helper } from '@inlay/engine/expression'
import type { DataGroup, DataNode } from '../data-tree.js'
import { pathWords, previewValue, type RootNames, type StepNames } from '../readable.js'
import { pathSource } from '../template.js'

/** What completion offers of the data. */
export interface CompletionData {
  readonly groups: readonly DataGroup[]
  readonly stepNames: StepNames
  readonly rootNames: RootNames
}

/** Places that are offered at once. */
const MAX_PLACES = 200

/** Gives completions from data and, where the language knows them, functions. */
export function completeFrom(data: () => CompletionData | undefined, hasFunctions: boolean) {
  return (context: CompletionContext): CompletionResult | null => {
    const before = context.matchBefore(/[\w$]+(?:\??\.[\w$]*|\[\d+\]|\["[^"]*"\])*$/)?.text ?? ''
    const known = data()
    const dot = before.lastIndexOf('.')
    if (dot >= 0) {
      const from = context.pos - (before.length - dot - 1)
      const options = fieldsAt(before.slice(0, dot).replace(/\?$/, ''), known)
      return options.length === 0 ? null : { from, options, validFor: /^[\w$]*$/ }
    }
    if (before === '' && !context.explicit) return null
    const places = known === undefined ? [] : known.groups.flatMap((group) => placesOf(group.root, known))
    const options = [...places.slice(0, MAX_PLACES), ...(hasFunctions ? HELPERS.map(functionCompletion) : [])]
    return { from: context.pos - before.length, options, validFor: /^[\w$]*$/ }
  }
}

/** The fields of the place that a text names. */
function fieldsAt(source: string, data: CompletionData | undefined): Completion[] {
  if (data === undefined) return []
  const plain = source.replaceAll('?.', '.')
  const node = data.groups.map(({ root }) => nodeAt(root, plain)).find((found) => found !== undefined)
  if (node !== undefined) return node.children.map((child) => fieldCompletion(child))
  return plain === 'steps' ? stepCompletions(data) : []
}

function stepCompletions({ groups, stepNames }: CompletionData): Completion[] {
  return groups
    .filter(({ kind }) => kind === 'step')
    .map(({ id }) => ({ label: id, apply: `${id}.output`, detail: stepNames(id) ?? '', type: 'variable' }))
}

function nodeAt(node: DataNode, source: string): DataNode | undefined {
  const own = pathSource(node.path)
  if (own === source) return node
  if (!source.startsWith(own)) return undefined
  return node.children.map((child) => nodeAt(child, source)).find((found) => found !== undefined)
}

function fieldCompletion({ label, path, sample, children, type }: DataNode): Completion {
  const last = path.at(-1)
  const name = typeof last === 'string' ? last : label
  return {
    label: name,
    detail: sample === undefined || children.length > 0 ? type : previewValue(sample, 24),
    type: 'property',
    boost: children.length > 0 ? 0 : 1,
  }
}

function placesOf(node: DataNode, data: CompletionData): Completion[] {
  const { source, field } = pathWords(node.path, data.stepNames, data.rootNames)
  const own: Completion = {
    label: pathSource(node.path),
    displayLabel: field === '' ? source : `${source} › ${field}`,
    detail: node.sample === undefined || node.children.length > 0 ? '' : previewValue(node.sample, 20),
    type: 'variable',
    boost: 10 - node.path.length,
  }
  return [own, ...node.children.flatMap((child) => placesOf(child, data))]
}

function functionCompletion({ name, signature, description, example }: Helper): Completion {
  return {
    label: name,
    detail: signature.slice(name.length),
    type: 'function',
    boost: -20,
    apply: `${name}(`,
    info: () => {
      const box = document.createElement('div')
      const about = box.appendChild(document.createElement('p'))
      about.textContent = description
      about.lang = 'en'
      about.dir = 'ltr'
      const code = box.appendChild(document.createElement('code'))
      code.textContent = example
      return box
    },
  }
}
