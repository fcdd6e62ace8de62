import type { JsonObject } from '@inlay/engine'
import { useMemo } from 'react'
import type { FormRequest, MemberSummary } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { type DynamicForm, useForm } from './form-context.js'
import { asSchema, schemaFields, titleOf } from './schema.js'

/** Whose form it is: an action's or a trigger's. */
export interface FormMember {
  readonly connector: string
  readonly version: string | undefined
  readonly action?: string
  readonly trigger?: string
  readonly connection: string | undefined
  readonly input: JsonObject
  readonly summary: MemberSummary | undefined
  /** Whether nobody can be asked before an account is chosen. */
  readonly needsAccount: boolean
  /** Where the input is, as a JSON Pointer from its owner. */
  readonly base: string
}

/** The request that asks the service about a form. */
export function formRequest({
  connector,
  version,
  action,
  trigger,
  connection,
  input,
}: Omit<FormMember, 'base' | 'summary' | 'needsAccount'>): FormRequest {
  return {
    connector,
    input,
    ...(version === undefined ? {} : { version }),
    ...(action === undefined ? {} : { action }),
    ...(trigger === undefined ? {} : { trigger }),
    ...(connection === undefined ? {} : { connectionId: connection }),
  }
}

/** What the fields of an action or trigger share, with the service behind them. */
export function useMemberForm(member: FormMember) {
  const form = useForm()
  const { client } = useEditor()
  const { connector, version, action, trigger, connection, input, summary, needsAccount, base } = member
  const dynamic = useMemo((): DynamicForm => {
    const request = formRequest({ connector, version, connection, input, ...memberOf(action, trigger) })
    const names = new Map(schemaFields(summary?.inputSchema ?? {}).map(({ name, title }) => [name, title]))
    return {
      base,
      key: [connector, version, action ?? trigger, connection].join(' '),
      options: summary?.dynamicOptions ?? {},
      schemas: summary?.dynamicSchemas ?? {},
      input,
      needsAccount,
      nameOf: (path) => names.get(path) ?? titleOf(path.split('.').at(-1) ?? path),
      loadOptions: (field, search, cursor) =>
        client.connectors.options.mutate({
          ...request,
          field,
          ...(search === '' ? {} : { search }),
          ...(cursor === undefined ? {} : { cursor }),
        }),
      loadSchema: async (field) => asSchema((await client.connectors.schema.mutate({ ...request, field })).schema),
    }
  }, [client, connector, version, action, trigger, connection, input, summary, needsAccount, base])
  return useMemo(() => ({ ...form, dynamic }), [form, dynamic])
}

function memberOf(action: string | undefined, trigger: string | undefined) {
  return { ...(action === undefined ? {} : { action }), ...(trigger === undefined ? {} : { trigger }) }
}
