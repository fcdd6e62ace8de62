// The types of modules without any, which also checks that begin at a test have to find.
/// <reference path="./vendor.d.ts" />
import { promisify } from 'node:util'
import { unzip } from 'node:zlib'
import { StepError } from '@inlay/sdk/connector'
import { Decompress } from 'fzstd'
import kafkajs from 'kafkajs'
import { decompress, decompressBound } from 'lz4js'
import { uncompress } from 'snappyjs'

/** What a compressed batch may hold: small batches can hide very large ones. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024

const unzipped = promisify(unzip)

const DECOMPRESS: Readonly<Record<number, (bytes: Buffer) => Uint8Array | Promise<Uint8Array>>> = {
  [kafkajs.CompressionTypes.GZIP]: (bytes) => unzipped(bytes, { maxOutputLength: MAX_BATCH_BYTES }),
  [kafkajs.CompressionTypes.Snappy]: (bytes) => unsnapped(bytes),
  [kafkajs.CompressionTypes.LZ4]: (bytes) => {
    // Before anything is allocated, since the frame itself says how much that would be.
    const size = decompressBound(bytes)
    if (size > MAX_BATCH_BYTES) throw tooLarge()
    return decompress(bytes, size)
  },
  [kafkajs.CompressionTypes.ZSTD]: (bytes) => unzstd(bytes),
}

/** Teaches kafkajs, which has one list for the whole process, to read all compressions within bounds. Safe to call twice. */
export function registerCodecs(): void {
  const codecs = Object.entries(DECOMPRESS).map(([type, read]) => {
    const codec = {
      compress: () => Promise.reject(new StepError('bug', 'Messages are written without compression')),
      decompress: async (bytes: Buffer) => Buffer.from(await read(bytes)),
    }
    return [type, () => codec]
  })
  Object.assign(kafkajs.CompressionCodecs, Object.fromEntries(codecs))
}

const FRAMED_SNAPPY = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])
const FRAME_HEADER_BYTES = 16

/** Java's clients cut Snappy into blocks with lengths before them (snappy-java); others write one block. */
function unsnapped(bytes: Buffer): Uint8Array {
  if (!bytes.subarray(0, FRAMED_SNAPPY.length).equals(FRAMED_SNAPPY)) return uncompress(bytes, MAX_BATCH_BYTES)
  const blocks: Uint8Array[] = []
  let left = MAX_BATCH_BYTES
  for (let at = FRAME_HEADER_BYTES; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at)
    const block = uncompress(bytes.subarray(at + 4, at + 4 + size), left)
    left -= block.length
    blocks.push(block)
    at += 4 + size
  }
  return Buffer.concat(blocks)
}

function unzstd(bytes: Buffer): Uint8Array {
  const parts: Uint8Array[] = []
  let size = 0
  new Decompress((part) => {
    size += part.length
    if (size > MAX_BATCH_BYTES) throw tooLarge()
    // The reader goes on to use the memory of what it has given.
    parts.push(part.slice())
  }).push(bytes, true)
  return Buffer.concat(parts)
}

function tooLarge(): StepError {
  return new StepError('limit', 'A compressed batch of Kafka holds more than 16 MiB')
}
