import { useQuery } from '@tanstack/react-query'
import { useEditor } from './useEditor.js'

const LIMIT = 100

/** The other workflows of the same customer: those that this one can call. Asked for only when they are needed. */
export function useOtherWorkflows(isNeeded: boolean) {
  const { client, workflow } = useEditor()
  const { id, customerId } = workflow
  return useQuery({
    queryKey: ['workflows', 'others', customerId],
    queryFn: async () => (await client.workflows.list.query({ customerId, limit: LIMIT })).data,
    select: (all) => all.filter((each) => each.id !== id),
    enabled: isNeeded,
  })
}
