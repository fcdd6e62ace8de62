import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CustomerId, fileRefSchema, type JsonObject, type RunId, type TenantId } from '@inlay/engine'
import { createFileBlobStore } from '@inlay/engine/blobs'
import { plainConnector } from '@inlay/engine/conformance'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAuditLog } from '../audit/index.js'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'
import { createFilesService, type FilesService, sweepUploads } from './index.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const DAY_MS = 86_400_000

const INPUT = z.object({ file: fileRefSchema })

const READER = plainConnector({
  id: 'reader',
  actions: {
    read: {
      name: 'Read',
      description: 'Reads a file.',
      input: INPUT,
      output: z.object({ text: z.string(), name: z.string() }),
      run: async ({ input, files }) => {
        const { file } = INPUT.parse(input)
        return { text: Buffer.from(await files.read(file)).toString(), name: file.name }
      },
    },
  },
})

interface Scope {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
}

describe.skipIf(serverUrl === undefined)('a file that a person has uploaded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-uploads-'))
  const blobs = createFileBlobStore({ folder })
  /** As in another process than the one that runs the steps. */
  const taken = createFileBlobStore({ folder })
  let platform: TestPlatform
  let files: FilesService
  let scope: Scope

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [READER], blobs })
    const { database } = platform.test
    files = createFilesService({ database, audit: createAuditLog(database), blobs: taken, maxBytes: 1000 })
    scope = await platform.addTenant()
  })

  afterAll(async () => {
    await platform?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const upload = (text: string, of: Scope = scope) =>
    files.upload(of, { name: '{{ 1 }}.txt', contentType: 'text/plain', bytes: Buffer.from(text) })
  const definitionWith = (file: JsonObject): JsonObject => ({
    schema: 'inlay/workflow@1',
    name: 'Read',
    trigger: { type: 'manual' },
    steps: [{ id: 'read', type: 'action', connector: 'reader', action: 'read', input: { file } }],
  })
  const created = (of: Scope, file: JsonObject) =>
    platform.workflows.create(of, { customerId: of.customerId, name: 'Read', definition: definitionWith(file) })
  const ran = async (of: Scope, workflowId: string) => {
    const { id } = await platform.runs.start(of, { workflowId, input: {}, waitSeconds: 0, callerId: 'test' })
    await platform.engine.execute([id as RunId])
    return { run: await platform.runs.get(of, id), steps: await platform.runs.steps(of, id) }
  }

  it('is read by a step of a published workflow, and by no other customer', async () => {
    const file = await upload('of the customer')
    const { id } = await created(scope, { ...file })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    const { run, steps } = await ran(scope, id)
    expect(run.status).toBe('succeeded')
    expect(steps[0]?.output).toEqual({ text: 'of the customer', name: '{ 1 }.txt' })
    const others = [
      await platform.addTenant(),
      { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) },
    ]
    for (const other of others) {
      const { id: theirs } = await created(other, { ...file })
      const runId = await platform.workflows.testRun(other, theirs, { input: {} })
      await platform.engine.execute([runId])
      expect((await platform.runs.get(other, runId)).status).toBe('failed')
      const [step] = await platform.runs.steps(other, runId)
      expect(step?.error).toMatchObject({
        kind: 'validation',
        title: 'There is no file "{ 1 }.txt"',
      })
    }
  })

  it('is an issue of each draft that refers to it once it is removed, and of those of other customers', async () => {
    const [kept, gone] = await Promise.all([upload('kept'), upload('gone')])
    const definition: JsonObject = {
      schema: 'inlay/workflow@1',
      name: 'Read',
      trigger: { type: 'manual' },
      vars: { terms: { ...gone } },
      steps: [
        { id: 'first', type: 'action', connector: 'reader', action: 'read', input: { file: { ...gone } } },
        {
          ...{ id: 'each', type: 'forEach', items: '{{ [1] }}' },
          steps: [{ id: 'inner', type: 'set', values: { 'a/b': [{ ...kept }, { ...gone }] } }],
        },
        { id: 'made', type: 'set', values: { file: `{{ ${JSON.stringify({ ...gone, size: 0 })} }}` } },
      ],
    }
    const { id, draft } = await platform.workflows.create(scope, { ...scope, name: 'Read', definition })
    expect(draft.issues).toEqual([])
    await files.remove(scope, gone.$file)
    const issue = (pointer: string, stepId: string | undefined, name = '{ 1 }.txt') => ({
      ...{ code: 'file.gone', pointer, details: { name } },
      message: `The file "${name}" has been removed, or belongs to another customer. Choose it again.`,
      ...(stepId === undefined ? {} : { stepId }),
    })
    const issues = [
      issue('/vars/terms', undefined),
      issue('/steps/0/input/file', 'first'),
      issue('/steps/1/steps/0/values/a~1b/1', 'inner'),
    ]
    expect((await platform.workflows.get(scope, id)).draft.issues).toEqual(issues)
    expect(await platform.workflows.validate(scope, definition)).toEqual(issues)
    await expect(platform.workflows.publish(scope, id, { publishedBy: 'test' })).rejects.toMatchObject({
      code: 'definition.invalid',
      data: { issues },
    })
    const neighbour = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    const stranger = await platform.addTenant()
    for (const other of [neighbour, stranger]) {
      const { draft: theirs } = await created(other, { ...kept })
      expect(theirs.issues).toEqual([issue('/steps/0/input/file', 'read')])
    }
  })

  it('is looked for in the customer of the workflow, also when the caller speaks for all of them', async () => {
    const whole = { tenantId: scope.tenantId }
    const file = await upload('mine')
    const other = { ...whole, customerId: await platform.addCustomer(scope.tenantId) }
    const { id, draft } = await platform.workflows.create(whole, {
      ...{ customerId: other.customerId, name: 'Read', definition: definitionWith({ ...file }) },
    })
    expect(draft.issues).toMatchObject([{ code: 'file.gone', stepId: 'read' }])
    const saved = await platform.workflows.saveDraft(whole, id, {
      definition: definitionWith({ ...file }),
      baseRevision: draft.revision,
    })
    expect(saved.issues).toMatchObject([{ code: 'file.gone' }])
    const validate = (customerId?: CustomerId) =>
      platform.workflows.validate(whole, definitionWith({ ...file }), customerId)
    expect([await validate(), await validate(scope.customerId)]).toEqual([[], []])
    expect(await validate(other.customerId)).toMatchObject([{ code: 'file.gone' }])
  })

  it('is found to be gone beside other mistakes, and whatever its reference looks like', async () => {
    const never = { name: 'never.txt', contentType: 'text/plain', size: 1 }
    const fromStep = { ...never, $file: `file_${'0c'.repeat(32)}` }
    const definition: JsonObject = {
      ...definitionWith({ ...never, $file: 'some\u0000thing' }),
      steps: [
        { id: 'one', type: 'set' },
        { id: 'two', type: 'set', values: { a: { ...never, $file: 'some\u0000thing' }, b: fromStep } },
        { id: 'three', type: 'set', values: { a: { ...never, $file: `file_${'0d'.repeat(16)}` } } },
      ],
    }
    expect(await platform.workflows.validate(scope, definition)).toMatchObject([
      { code: 'field.missing', stepId: 'one' },
      { code: 'file.gone', pointer: '/steps/1/values/a', stepId: 'two', details: { name: 'never.txt' } },
      { code: 'file.gone', pointer: '/steps/2/values/a', stepId: 'three' },
    ])
  })

  it('keeps a workflow from being switched on when it is gone, but not from being switched off', async () => {
    const file = await upload('for a while')
    const { id } = await created(scope, { ...file })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    await files.remove(scope, file.$file)
    expect((await platform.workflows.update(scope, id, { enabled: false })).enabled).toBe(false)
    await expect(platform.workflows.update(scope, id, { enabled: true })).rejects.toMatchObject({
      code: 'definition.invalid',
      data: { issues: [{ code: 'file.gone', stepId: 'read' }] },
    })
  })

  it('is removed a month later, unless a workflow refers to it', async () => {
    const [used, pinned, unused, fresh] = await Promise.all(['a', 'b', 'c', 'd'].map((text) => upload(text)))
    if (!used || !pinned || !unused || !fresh) throw new Error('Four files were uploaded.')
    const { id: workflowId } = await created(scope, { ...used })
    await platform.stepTests.pin(scope, workflowId, { stepId: 'read', value: { file: { ...pinned } } })
    const now = Date.now() + 1000
    const { admin, database } = platform.test
    const old = new Date(now - 31 * DAY_MS)
    await admin`UPDATE inlay.uploads SET created_at = ${old}, checked_at = ${old} WHERE id <> ${fresh.$file}`
    await sweepUploads({ database, blobs }, now)
    const text = async (id: string) => Buffer.from((await files.open(scope, id)).bytes).toString()
    expect(await Promise.all([text(used.$file), text(pinned.$file), text(fresh.$file)])).toEqual(['a', 'b', 'd'])
    const { draft } = await created(scope, { ...unused })
    expect(draft.issues).toMatchObject([{ code: 'file.gone', stepId: 'read' }])
    await expect(files.open(scope, unused.$file)).rejects.toMatchObject({ code: 'file.not_found' })
    const key = `${scope.tenantId}/${scope.customerId}/uploads/${unused.$file}/content`
    expect(await blobs.get(key)).toBeUndefined()
    expect(await sweepUploads({ database, blobs }, now)).toBe(0)
    await platform.workflows.delete(scope, workflowId)
    await sweepUploads({ database, blobs }, now + 2 * DAY_MS)
    await expect(files.open(scope, used.$file)).rejects.toMatchObject({ code: 'file.not_found' })
  })
})
