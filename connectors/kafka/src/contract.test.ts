import { describeConnectorContract } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { connector } from './index.js'

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: { failures: 'speaks the protocol of Kafka, not HTTP; the other tests of this folder have its failures' },
})
