import { describeConnectorContract } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { connector } from './index.js'

const ANY_ANSWER = 'it gives any answer as it is'

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: { 'request:html': ANY_ANSWER, 'request:malformed': ANY_ANSWER },
})
