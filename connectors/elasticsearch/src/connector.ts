import { defineConnector } from '@inlay/sdk/connector'
import { bulk } from './actions/bulk.js'
import { countDocuments } from './actions/count-documents.js'
import { deleteDocument } from './actions/delete-document.js'
import { getDocument } from './actions/get-document.js'
import { indexDocument } from './actions/index-document.js'
import { listIndices } from './actions/list-indices.js'
import { search } from './actions/search.js'
import { updateDocument } from './actions/update-document.js'
import { auth, endpointOf } from './auth.js'
import { icon } from './icon.js'
import { newDocument } from './triggers/new-document.js'

/** Documents in Elasticsearch and OpenSearch. */
export const connector = defineConnector({
  id: 'elasticsearch',
  version: '1.1.0',
  name: 'Elasticsearch',
  description: 'Search and write documents in Elasticsearch and OpenSearch.',
  icon,
  color: '#005571',
  categories: ['data', 'developer', 'analytics'],
  docs: [
    'A connection holds the address of the cluster and an API key, a user, or a token. It works with Elasticsearch 8 and 9 and OpenSearch 2 and later; API keys are those of Elasticsearch.',
    '',
    '"New document" needs a date field that tells when a document was written, such as `@timestamp`; a document that arrives more than a minute late by it is not seen.',
  ].join('\n'),
  auth,
  api: { baseUrl: endpointOf },
  actions: { search, countDocuments, indexDocument, updateDocument, getDocument, deleteDocument, bulk, listIndices },
  triggers: { newDocument },
})
