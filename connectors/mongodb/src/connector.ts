import { defineConnector } from '@inlay/sdk/connector'
import { aggregate } from './actions/aggregate.js'
import { deleteDocuments, replaceDocument, updateDocuments } from './actions/change-documents.js'
import { countDocuments, findDocuments, getDocument } from './actions/find-documents.js'
import { insertDocuments } from './actions/insert-documents.js'
import { listCollections } from './actions/list-collections.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { newDocument, updatedDocument } from './triggers/documents.js'

/** Documents of a MongoDB database. */
export const connector = defineConnector({
  id: 'mongodb',
  version: '1.0.0',
  name: 'MongoDB',
  description: 'Find, change and aggregate documents of MongoDB, and start when one is added or changed.',
  icon,
  color: '#47a248',
  categories: ['data', 'developer'],
  docs: [
    'Needs MongoDB 4.4 or later (or Atlas) whose servers can be reached from here, and a user with rights on the collections.',
    'Conditions and documents are extended JSON: IDs `{"$oid": "65a4f1c2d3e4f5a6b7c8d9e0"}`, dates `{"$date": "2026-01-31T08:30:00Z"}`. JavaScript in the database (`$where`, `$function`) is refused.',
  ].join('\n\n'),
  auth: [...auth],
  actions: {
    findDocuments,
    getDocument,
    insertDocuments,
    updateDocuments,
    replaceDocument,
    deleteDocuments,
    aggregate,
    countDocuments,
    listCollections,
  },
  triggers: { newDocument, updatedDocument },
})
