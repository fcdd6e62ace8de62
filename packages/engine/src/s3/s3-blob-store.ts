import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { BlobStore } from '../ports/blob-store.js'

/** Where the store keeps its blobs. */
export interface S3BlobStoreOptions {
  /** Made by the host with its endpoint and credentials; any service that speaks the S3 API. */
  readonly client: S3Client
  readonly bucket: string
  /** Put before every key, for example `inlay/`. @default '' */
  readonly prefix?: string
}

/** A blob store in a bucket of an S3 service. */
export function createS3BlobStore({ client, bucket, prefix = '' }: S3BlobStoreOptions): BlobStore {
  const placeOf = (key: string) => ({ Bucket: bucket, Key: prefix + key })
  return {
    put: async (key, bytes) => {
      const ContentType = 'application/json'
      await client.send(new PutObjectCommand({ ...placeOf(key), Body: bytes, ContentType }))
    },
    get: async (key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand(placeOf(key)))
        return await Body?.transformToByteArray()
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
    deletePrefix: async (keyPrefix) => {
      for (;;) {
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix + keyPrefix }))
        const Objects = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]))
        if (Objects.length === 0) return
        await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }))
      }
    },
  }
}
