import type { BlobStore } from '@inlay/engine'
import { createFileBlobStore } from '@inlay/engine/blobs'
import type { BlobPlace } from '../config/index.js'

/**
 * Where what is too large for the journal is kept. The S3 client takes its region, credentials and endpoint from the
 * environment, as all of Amazon's tools do; it is loaded only where it is used.
 */
export async function openBlobStore(place: BlobPlace | undefined): Promise<BlobStore | undefined> {
  if (place === undefined) return undefined
  if (place.kind === 'folder') return createFileBlobStore(place)
  const [{ S3Client }, { createS3BlobStore }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@inlay/engine/s3'),
  ])
  // Services other than Amazon's seldom have a host name for each bucket; Amazon's understand both forms.
  return createS3BlobStore({ ...place, client: new S3Client({ forcePathStyle: true }) })
}
