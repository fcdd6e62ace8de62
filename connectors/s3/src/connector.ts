import { defineConnector } from '@inlay/sdk/connector'
import { copyObject } from './actions/copy-object.js'
import { createLink } from './actions/create-link.js'
import { deleteObject } from './actions/delete-object.js'
import { getObject } from './actions/get-object.js'
import { headObject } from './actions/head-object.js'
import { listBuckets } from './actions/list-buckets.js'
import { listObjects } from './actions/list-objects.js'
import { putObject } from './actions/put-object.js'
import { endpointOf } from './address.js'
import { auth } from './auth.js'
import { icon } from './icon.js'
import { changedObject } from './triggers/changed-object.js'

/** Objects in Amazon S3 and storage that speaks its API. */
export const connector = defineConnector({
  id: 's3',
  version: '1.2.0',
  name: 'Amazon S3',
  description: 'Write, read and list objects in Amazon S3 and storage that speaks its API.',
  icon,
  color: '#3f8624',
  categories: ['files', 'data'],
  docs: [
    'Make an access key for a user that may reach the needed buckets only. For storage of others (MinIO, Cloudflare R2, Backblaze B2) give its address too; buckets are named in the path, or in the host name when the connection says so.',
    '',
    'Files are as large as this deployment takes them. What is longer than 8 MiB is sent in parts, each of which is tried again; when that does not help, S3 is told to forget them. A step that runs out of time cannot tell it: its next attempt does, and so does a lifecycle rule of the bucket that ends incomplete uploads.',
    '',
    '"New or changed object" asks every few minutes and goes through all keys that begin with the prefix, at most 10,000: choose the prefix so that it stays below that.',
  ].join('\n'),
  auth,
  api: { baseUrl: endpointOf },
  actions: { putObject, getObject, headObject, copyObject, deleteObject, listObjects, listBuckets, createLink },
  triggers: { changedObject },
})
