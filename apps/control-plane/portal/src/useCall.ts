import { useToast } from '@inlay/embed-ui/ui'
import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { inWords } from './failure.js'

/** A change whose failure is told in a toast. */
export function useCall<Input, Output>(
  call: (input: Input) => Promise<Output>,
  onSuccess?: (output: Output) => void,
): UseMutationResult<Output, unknown, Input> {
  const toast = useToast()
  return useMutation({
    mutationFn: call,
    onError: (thrown) => {
      toast({ tone: 'danger', ...inWords(thrown) })
    },
    ...(onSuccess === undefined ? {} : { onSuccess }),
  })
}
