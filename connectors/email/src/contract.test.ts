import { describeConnectorContract } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { connector } from './index.js'

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: {
    failures: 'speaks SMTP and IMAP, not HTTP; email.test.ts and new-mail.test.ts have the failures of mail servers',
  },
})
