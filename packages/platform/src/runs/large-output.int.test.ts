import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CustomerId, RunId, TenantId } from '@inlay/engine'
import { createFileBlobStore } from '@inlay/engine/blobs'
import { plainConnector } from '@inlay/engine/conformance'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestPlatform, type TestPlatform } from './test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const LARGE = 'x'.repeat(1_100_000)

const CONNECTOR = plainConnector({
  id: 'files',
  actions: {
    read: {
      name: 'Read',
      description: 'Reads.',
      input: z.object({}),
      output: z.object({ text: z.string() }),
      run: async () => ({ text: LARGE }),
    },
  },
})

describe.skipIf(serverUrl === undefined)('an output that the journal does not hold', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-blobs-'))
  const blobs = createFileBlobStore({ folder })
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [CONNECTOR], blobs })
    scope = await platform.addTenant()
  })

  afterAll(async () => {
    await platform?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is listed by its size, read on its own, and missed when it is gone', async () => {
    const steps = [
      { id: 'file', type: 'action', connector: 'files', action: 'read', input: {} },
      { id: 'size', type: 'set', values: { n: '{{ steps.file.output.text.length }}' } },
    ]
    const definition = { schema: 'inlay/workflow@1', name: 'Large', trigger: { type: 'manual' }, steps }
    const { customerId } = scope
    const { id } = await platform.workflows.create(scope, { customerId, name: 'Large', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    const run = await platform.runs.start(scope, { workflowId: id, input: {}, waitSeconds: 0, callerId: 'test' })
    await platform.engine.execute([run.id as RunId])
    const [file, size] = await platform.runs.steps(scope, run.id)
    expect(file).toMatchObject({ stepId: 'file', output: null })
    expect(file?.outputBytes).toBeGreaterThan(LARGE.length)
    expect(size).toMatchObject({ output: { n: LARGE.length }, outputBytes: null })
    const at = (stepPath: string) => platform.runs.stepOutput(scope, run.id, { stepPath, iteration: '0' })
    expect(await at('file')).toEqual({ text: LARGE })
    expect(await at('size')).toEqual({ n: LARGE.length })
    await expect(at('none')).rejects.toMatchObject({ code: 'run.output_not_found' })
    const stranger = await platform.addTenant()
    const asked = platform.runs.stepOutput(stranger, run.id, { stepPath: 'file', iteration: '0' })
    await expect(asked).rejects.toMatchObject({ code: 'run.output_not_found' })
    await blobs.deletePrefix(`${scope.tenantId}/`)
    await expect(at('file')).rejects.toMatchObject({ code: 'run.output_gone' })
  })
})
