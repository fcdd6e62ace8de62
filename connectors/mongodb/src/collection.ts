import { type FormContext, jsonObject, type OptionsDefinition, StepError, z } from '@inlay/sdk/connector'
import { BSON, type Collection, type Db, type Document } from 'mongodb'
import { extendedJson } from './document.js'
import { refuseCode } from './server-code.js'
import { type Session, type SessionContext, withSession } from './session.js'

/** The collection that an action works on. */
export const collectionFields = {
  collection: z
    .string()
    .min(1)
    .meta({ title: 'Collection', examples: ['orders'] }),
  database: z.string().optional().meta({ title: 'Database', description: 'Empty: the one of the connection.' }),
}

/** Which documents. */
export const filterField = extendedJson
  .superRefine((filter, issues) => {
    // As an issue of the form: it is the input that is wrong.
    try {
      refuseCode(filter)
    } catch (error) {
      issues.addIssue(error instanceof Error ? error.message : 'is not allowed')
    }
  })
  .meta({
    title: 'Conditions',
    description: 'As MongoDB writes them: {"status": "paid"}. IDs are {"$oid": "…"}, dates {"$date": "…"}.',
  })

/** Which documents, at least one condition. */
export const conditionField = filterField
  .refine((filter) => Object.keys(filter).length > 0, 'needs a condition')
  .meta({
    title: 'Conditions',
    description: 'At least one, as {"status": "paid"}. IDs are {"$oid": "…"}, dates {"$date": "…"}.',
  })

/** What says which collection. */
export interface CollectionInput {
  readonly collection: string
  readonly database?: string | undefined
}

/** Opens a session and uses one collection. @throws StepError by the server's error code */
export function withCollection<T>(
  context: SessionContext,
  { collection, database }: CollectionInput,
  use: (collection: Collection<Document>) => Promise<T>,
): Promise<T> {
  return withSession(context, (session) => use(databaseOf(session, database).collection(collection)))
}

/** The database that was asked for, or that of the connection. @throws StepError `rejected` when there is neither */
export function databaseOf({ client, database }: Session, asked: string | undefined): Db {
  const name = asked === undefined || asked === '' ? database : asked
  if (name !== undefined) return client.db(name)
  throw new StepError('rejected', 'No database is named', {
    detail: 'Name one in the step, or in the connection.',
  })
}

/** What a step or a poll may read at once: far more than a step may give. */
const MAX_BYTES = 8 * 1024 * 1024

/** Reads documents one by one until they are larger than 8 MiB together, so that large ones do not fill the memory. */
export async function readUpTo(
  found: AsyncIterable<Document>,
): Promise<{ readonly documents: Document[]; readonly isCut: boolean }> {
  const documents: Document[] = []
  let bytes = 0
  for await (const document of found) {
    bytes += BSON.calculateObjectSize(document)
    if (bytes > MAX_BYTES && documents.length > 0) return { documents, isCut: true }
    documents.push(document)
  }
  return { documents, isCut: false }
}

/** Reads documents to the last. @throws StepError `limit` when they are larger than 8 MiB */
export async function readAll(found: AsyncIterable<Document>): Promise<Document[]> {
  const { documents, isCut } = await readUpTo(found)
  if (!isCut) return documents
  throw new StepError('limit', 'What MongoDB found is larger than 8 MiB', {
    detail: 'Ask for fewer documents, or for some of their fields only.',
  })
}

/** The databases that the user of the connection may see. */
export const databaseOptions: OptionsDefinition = (context) =>
  withSession(context, async ({ client }) => {
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true, authorizedDatabases: true })
    return databases.map(({ name }) => ({ value: name, label: name }))
  })

/** The collections and views of the database. */
const collectionOptions: OptionsDefinition = {
  dependsOn: ['database'],
  load: (context: FormContext) =>
    withSession(context, async (session) => {
      const { database } = jsonObject.parse(context.input)
      const found = await collectionsOf(databaseOf(session, typeof database === 'string' ? database : undefined))
      return found.map(({ name, type }) => ({ value: name, label: name, description: type }))
    }),
}

/** The choices of a collection's fields. */
export const collectionChoices = { database: databaseOptions, collection: collectionOptions }

/** The collections of a database, without MongoDB's own, by their name. */
export async function collectionsOf(database: Db): Promise<{ readonly name: string; readonly type: string }[]> {
  const found = await database.listCollections({}, { nameOnly: true, authorizedCollections: true }).toArray()
  return found
    .filter(({ name }) => !name.startsWith('system.'))
    .map(({ name, type = 'collection' }) => ({ name, type }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}
