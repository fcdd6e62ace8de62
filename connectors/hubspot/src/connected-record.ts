import { type JsonInput, type ServiceContext, z } from '@inlay/sdk/connector'
import { hubspot } from './hubspot-api.js'
import { recordPath, recordSchema } from './record.js'

/** The field by which actions name the records that a new one is connected with. */
export const connectedField = (title: string) => z.array(z.string().min(1)).default([]).meta({ title })

/** A record of one of HubSpot's own kinds, and the records that it is connected with. */
export interface ConnectedRecord {
  readonly objectType: 'deals' | 'tickets' | 'tasks' | 'notes'
  readonly properties: { readonly [name: string]: JsonInput | undefined }
  /** Ids of other records, by what HubSpot calls the kind of connection. */
  readonly connections: readonly (readonly [ids: readonly string[], associationTypeId: number])[]
}

/** Creates a record that is connected from the beginning. */
export function createConnected(context: ServiceContext, { objectType, properties, connections }: ConnectedRecord) {
  const associations = connections.flatMap(([ids, associationTypeId]) => {
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }]
    return ids.map((id) => ({ to: { id }, types }))
  })
  const json = { properties, associations }
  return hubspot.call(context, { method: 'POST', url: recordPath(objectType), json, answer: recordSchema })
}
