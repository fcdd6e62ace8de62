import { useToast } from '@inlay/embed-ui/ui'
import { toApiError } from '@inlay/sdk/client'
import { type UseMutationResult, useMutation } from '@tanstack/react-query'

/** A change whose failure is told in a toast. */
export function useCall<Input, Output>(
  call: (input: Input) => Promise<Output>,
  onSuccess?: (output: Output) => void,
): UseMutationResult<Output, unknown, Input> {
  const toast = useToast()
  return useMutation({
    mutationFn: call,
    onError: (thrown) => {
      const error = toApiError(thrown)
      toast({ tone: 'danger', title: error.message, detail: error.detail })
    },
    ...(onSuccess === undefined ? {} : { onSuccess }),
  })
}
