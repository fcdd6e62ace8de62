import { describeConnectorContract } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { connector } from './index.js'

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: { failures: 'speaks the protocol of MongoDB, not HTTP; mongodb.test.ts has its failures' },
})
