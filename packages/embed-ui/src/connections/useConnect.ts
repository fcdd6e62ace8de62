import type { JsonObject } from '@inlay/engine'
import { useEffect, useRef, useState } from 'react'
import { type ApiProblem, readProblem } from '../data/api-error.js'
import type { AuthSummary, Connection, ConnectorSummary } from '../data/api-types.js'
import type { ConnectClient } from '../data/client.js'
import { schemaFields } from '../forms/schema.js'
import { schemaDefaults } from '../forms/schema-defaults.js'
import { useEmit } from '../hooks/useEvents.js'
import { useSignIn } from './useSignIn.js'

export interface ConnectOptions {
  readonly client: ConnectClient
  readonly customerId: string
  readonly connector: ConnectorSummary
  /** To be connected again. */
  readonly existing?: Connection | undefined
  readonly onConnected: (connection: Connection) => void
}

/** What a person fills in to connect an account, and what comes of it. */
export function useConnect(options: ConnectOptions) {
  const { client, connector, existing } = options
  const form = useConnectForm(connector, existing)
  const { method, name, values, scopes } = form
  const signIn = useSignIn(client)
  const save = useSave(options)
  const connected = useRef(save.finish)
  connected.current = save.finish
  const { state } = signIn
  const emit = useEmit()
  useEffect(() => {
    if (state.stage === 'done') void connected.current(() => client.connections.get.query({ id: state.connectionId }))
    if (state.stage === 'failed') emit('connection.failed', { connector: connector.id, code: state.code })
  }, [state, client, connector.id, emit])
  const start = () => {
    if (method === undefined) return
    const optional = method.scopes.filter((scope) => scope.optional).map(({ scope }) => scope)
    if (method.kind === 'oauth2') {
      signIn.start({
        customerId: options.customerId,
        connector: connector.id,
        method: method.id,
        name,
        fields: values,
        scopes: optional.filter((scope) => scopes.includes(scope)),
        ...(existing === undefined ? {} : { connectionId: existing.id }),
      })
      return
    }
    void save.finish(() =>
      existing === undefined
        ? client.connections.create.mutate({
            customerId: options.customerId,
            connector: connector.id,
            method: method.id,
            name,
            values,
          })
        : client.connections.update.mutate({ id: existing.id, name, values }),
    )
  }
  return { ...form, signIn, isBusy: save.isBusy, problem: save.problem, start }
}

function useConnectForm(connector: ConnectorSummary, existing: Connection | undefined) {
  // An account that is connected again stays what it is: another way would be another account.
  const methods = existing?.method == null ? connector.auth : connector.auth.filter(({ id }) => id === existing.method)
  const [methodId, setMethodId] = useState(methods[0]?.id ?? '')
  const [name, setName] = useState(existing?.name ?? connector.name)
  const [valuesByMethod, setValues] = useState<Readonly<Record<string, JsonObject>>>({})
  const [left, setLeft] = useState<readonly string[]>([])
  const method = methods.find(({ id }) => id === methodId)
  const values = valuesByMethod[methodId] ?? startValues(method, existing)
  const missing = schemaFields(method?.schema ?? {}).filter((field) => field.isRequired && isEmpty(values[field.name]))
  const optional = (method?.scopes ?? []).filter((scope) => scope.optional).map(({ scope }) => scope)
  return {
    methods,
    method,
    setMethodId,
    name,
    setName,
    values,
    setValues: (next: JsonObject) => setValues({ ...valuesByMethod, [methodId]: next }),
    scopes: optional.filter((scope) => !left.includes(scope)),
    setScopes: (chosen: readonly string[]) => setLeft(optional.filter((scope) => !chosen.includes(scope))),
    isComplete: method !== undefined && missing.length === 0 && name.trim() !== '',
  }
}

/** What is not secret is there again when an account is connected again. */
function startValues(method: AuthSummary | undefined, existing: Connection | undefined): JsonObject {
  // Defaults of an object schema are an object, and what the API tells of fields is JSON.
  const defaults = schemaDefaults(method?.schema ?? {}) as JsonObject
  return { ...defaults, ...(existing?.fields as JsonObject | undefined) }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === ''
}

function useSave({ connector, existing, onConnected }: ConnectOptions) {
  const emit = useEmit()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const finish = async (get: () => Promise<Connection>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const connection = await get()
      const event = existing === undefined ? 'connection.created' : 'connection.updated'
      emit(event, { connectionId: connection.id, connector: connector.id })
      onConnected(connection)
    } catch (error) {
      const found = readProblem(error)
      emit('connection.failed', { connector: connector.id, code: found.code })
      setProblem(found)
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, problem, finish }
}
