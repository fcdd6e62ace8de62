// The door for files: what people bring may be anything.
import { WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { readPasted, stripWorkflow } from '../clipboard/steps-text.js'
import { readDefinition } from '../document/read-definition.js'
import { walkSteps } from '../document/sequences.js'

/** Why a text cannot be imported. */
export type ImportRefusal = 'empty' | 'notJson' | 'foreign' | 'steps' | 'broken' | 'tooLarge'

export type Imported =
  | {
      readonly isReadable: true
      readonly definition: WorkflowDefinition
      /** Empty when the file does not say. */
      readonly name: string
      readonly stepCount: number
      /** Whether accounts were left out. */
      readonly isStripped: boolean
    }
  | { readonly isReadable: false; readonly reason: ImportRefusal; readonly detail: string }

/** Reads an exported workflow, without the accounts that it names. Never throws. */
export function readImport(text: string): Imported {
  const document = parse(text)
  if (document === undefined && text.trim() !== '') return refused('notJson')
  const pasted = readPasted(text)
  switch (pasted.kind) {
    case 'steps':
      return refused('steps')
    case 'refused':
      return refused(pasted.reason, pasted.reason === 'broken' ? whyBroken(document) : '')
    case 'workflow': {
      const { value: definition, count } = stripWorkflow(pasted.definition, () => false)
      const name = typeof definition.name === 'string' ? definition.name.trim().slice(0, 200) : ''
      const stepCount = [...walkSteps(definition)].length
      return { isReadable: true, definition, name, stepCount, isStripped: count > 0 }
    }
  }
}

/** A workflow as a file, without the customer's accounts. */
export function exportText(definition: WorkflowDefinition): string {
  const { schema: _schema, ...rest } = stripWorkflow(definition, () => false).value
  return `${JSON.stringify({ schema: WORKFLOW_SCHEMA, ...rest }, null, 2)}\n`
}

/** A file name that every system takes. */
export function exportFileName(name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${words.slice(0, 60) || 'automation'}.json`
}

function whyBroken(document: unknown): string {
  const read = readDefinition(document)
  return read.isReadable ? '' : read.reason
}

function refused(reason: ImportRefusal, detail = ''): Imported {
  return { isReadable: false, reason, detail }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
