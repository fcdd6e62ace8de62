import { PART_BYTES, type UploadContext, writeInParts } from './multipart-upload.js'
import {
  checksumHeader,
  checksumOf,
  conditionOf,
  type NewObject,
  versionOf,
  WRITE_TIMEOUT_MS,
  type WrittenObject,
} from './new-object.js'
import { etagOf } from './object.js'
import { type S3Context, sendS3 } from './s3-api.js'

/**
 * Writes an object: in one request, or in parts when it is longer than one part.
 *
 * @throws StepError what S3 refused it with; of parts, when trying again did not help
 */
export function writeObject(context: UploadContext, object: NewObject): Promise<WrittenObject> {
  return object.bytes.length > PART_BYTES ? writeInParts(context, object) : writeAtOnce(context, object)
}

async function writeAtOnce(context: S3Context, object: NewObject): Promise<WrittenObject> {
  const { path, bytes, headers } = object
  const response = await sendS3(context, {
    method: 'PUT',
    url: path,
    bytes,
    timeoutMs: WRITE_TIMEOUT_MS,
    headers: { ...headers, ...conditionOf(object), ...checksumHeader(bytes, object) },
  })
  return { etag: etagOf(response), versionId: versionOf(response), checksumSha256: checksumOf(response) ?? null }
}
