/** What a new user meets in the first hour, told on one running product; `pnpm first-hour` judges what is noted here. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AcmeService, startAcme } from '@inlay/example-acme-connector'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isBuilt, ROOT, RunningProduct } from '../harness/product.js'
import { buildByMouse, surviveRefresh, testOneStep } from './blank-workflow.js'
import { explainFailedRuns } from './failed-run.js'
import { measureFrameReady } from './frame-ready.js'
import { findHelp } from './help.js'
import { speakAndDarken } from './language.js'
import { type Stage, setStage } from './stage.js'
import { startTwice } from './starting.js'
import { verifyOneWebhook } from './webhook-check.js'
import { lookForOurName, setBrand } from './white-label.js'

let product: RunningProduct
let stage: Stage
let acme: AcmeService
let folder: string

describe.skipIf(!isBuilt())('the first hour', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'inlay-first-hour-'))
  })

  afterAll(async () => {
    await stage?.close()
    await product?.dispose()
    await acme?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('starts with one command, without accounts and keys, and again', async () => {
    product = await startTwice()
  })

  describe('goes on', () => {
    beforeAll(async () => {
      await product.interrupt()
      acme = await startAcme()
      // Accounts are connected at a service that is really there.
      const env = { EXTRA_CONNECTORS: await acmeConnector(), INLAY_EGRESS_ALLOW: '127.0.0.0/8' }
      product = await RunningProduct.start(product.folder, env)
      await product.api('PUT', '/v1/oauth/clients/acme', {
        clientId: 'test-client',
        clientSecret: 'test-client-secret',
      })
      stage = await setStage(product)
    })

    it('with a frame that is ready', () => measureFrameReady(stage))
    it('builds webhook, condition and request by mouse', () => buildByMouse(stage))
    it('tests one step', () => testOneStep(stage))
    it('lets edits survive when the page is loaded again', () => surviveRefresh(stage))
    it('explains a failed run and replays from where it failed', () => explainFailedRuns(stage))
    it('speaks another language and in the dark, by one option each', () => speakAndDarken(stage))
    it('verifies a webhook of ours', () => verifyOneWebhook(stage))
    it('finds help', () => findHelp(stage))
    it('sets a brand by clicks', () => setBrand(stage))
    it('finds nothing but the vendor’s brand anywhere', () => lookForOurName(stage))
    it('meets no error of a page on the way', () => expect(stage.failures).toEqual([]))
  })
})

/** The module of the example's connector at the addresses of its service. */
async function acmeConnector(): Promise<string> {
  const file = join(folder, 'acme.mjs')
  const source = join(ROOT, 'examples/acme-connector/dist/index.js')
  writeFileSync(
    file,
    `import { createAcmeConnector } from 'file://${source}'
export const connector = createAcmeConnector(${JSON.stringify(acme.addresses)})`,
  )
  return file
}
