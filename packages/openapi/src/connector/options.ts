import { type JsonObject, type JsonValue, type OptionsPage, type SelectOption, StepError } from '@inlay/engine'
import type { OptionsContext, OptionsDefinition } from '@inlay/sdk/connector'
import type { ImportedConnector, ImportedOptions } from '../imported-connector.js'
import { listOr, own, valueAt } from '../json.js'
import { callOperation } from './paging.js'
import { scalar } from './serialize.js'

/** Choices of a form's fields, which another operation lists. */
export function optionsOf(
  options: Readonly<Record<string, ImportedOptions>>,
  imported: ImportedConnector,
): Record<string, OptionsDefinition> {
  return Object.fromEntries(
    Object.entries(options).map(([field, given]) => [
      field,
      {
        dependsOn: Object.keys(given.dependsOn),
        isSearchable: given.searchField !== undefined,
        load: (context: OptionsContext) => load(given, imported, context),
      },
    ]),
  )
}

async function load(
  given: ImportedOptions,
  imported: ImportedConnector,
  context: OptionsContext,
): Promise<OptionsPage> {
  const operation = imported.operations.find(({ id }) => id === given.operation)
  if (operation === undefined)
    throw new StepError('bug', `The choices come from "${given.operation}", which is not there`)
  const { paging } = operation
  const cursor =
    paging !== undefined && paging.kind === 'cursor' && context.cursor !== undefined
      ? { [paging.field]: context.cursor }
      : {}
  const input = { ...given.input, ...dependencies(given, context.input), ...searchOf(given, context.search), ...cursor }
  const files = { write: noFiles, read: noFiles }
  const output = await callOperation({
    service: imported.name,
    operation,
    input,
    context: { http: context.http, signal: context.signal, files },
  })
  const options = listOr(valueAt(output, given.items)).flatMap((item) => toOption(item, given))
  const next = paging?.kind === 'cursor' ? valueAt(output, paging.next) : undefined
  return {
    options,
    ...(typeof next === 'string' && next !== '' && next !== context.cursor ? { nextCursor: next } : {}),
  }
}

function dependencies({ dependsOn }: ImportedOptions, input: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(dependsOn).map(([field, target]) => {
      const value = own(input, field)
      if (value !== undefined && value !== null && value !== '') return [target, value]
      throw new StepError('validation', `Choose "${field}" first`)
    }),
  )
}

function searchOf({ searchField }: ImportedOptions, search: string): JsonObject {
  return searchField === undefined || search === '' ? {} : { [searchField]: search }
}

function toOption(item: JsonValue, { value, label }: ImportedOptions): SelectOption[] {
  const chosen = valueAt(item, value)
  if (chosen === undefined || chosen === null) return []
  const shown = valueAt(item, label)
  return [{ value: chosen, label: scalar(shown ?? chosen).slice(0, 200) }]
}

async function noFiles(): Promise<never> {
  throw new StepError('bug', 'Choices have no files')
}
