import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Connection } from '../data/api-types.js'
import { useEmit } from '../hooks/useEvents.js'
import { useTexts } from '../messages/useTexts.js'
import { useToast } from '../ui/Toast.js'
import type { Accounts } from './useAccounts.js'

/** Asks services whether accounts work. */
export function useAccountTest(accounts: Accounts) {
  const t = useTexts()
  const toast = useToast()
  const emit = useEmit()
  const [busyId, setBusyId] = useState<string>()
  const run = async ({ id, name, connector }: Connection) => {
    setBusyId(id)
    try {
      const { ok, detail } = await accounts.client.connections.test.mutate({ id })
      if (ok) toast({ tone: 'success', title: t('accounts.works', { name }) })
      else {
        emit('connection.failed', { connectionId: id, connector, code: 'connection.test_failed' })
        toast({ tone: 'danger', title: t('connection.testFailed'), detail: detail ?? undefined })
      }
      await accounts.reload()
    } catch (error) {
      toast({ tone: 'danger', title: problemText(readProblem(error), t) })
    } finally {
      setBusyId(undefined)
    }
  }
  return { busyId, run: (connection: Connection) => void run(connection) }
}
