import { useQuery } from '@tanstack/react-query'
import { useEditorAround } from './useEditor.js'

const LIMIT = 100

/** The other workflows of the same customer: those that this one can call. Asked for only when needed, in an editor. */
export function useOtherWorkflows(isNeeded: boolean) {
  const editor = useEditorAround()
  const { id, customerId } = editor?.workflow ?? { id: '', customerId: '' }
  return useQuery({
    queryKey: ['workflows', 'others', customerId],
    queryFn: async () => (await editor?.client.workflows.list.query({ customerId, limit: LIMIT }))?.data ?? [],
    select: (all) => all.filter((each) => each.id !== id),
    enabled: isNeeded && editor !== undefined,
  })
}
