import { Disclosure, useToast } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../client.js'
import { Loaded } from '../layout/Loaded.js'
import { useCall } from '../useCall.js'
import { useMay } from '../useMay.js'
import { GuardrailsForm } from './GuardrailsForm.js'
import type { GuardrailChanges } from './rules.js'

/** What one customer's builder offers, where it is not as for all. */
export function CustomerGuardrails({ customerId }: { readonly customerId: string }) {
  const queries = useQueryClient()
  const toast = useToast()
  const may = useMay()
  const base = useQuery({ queryKey: ['guardrails'], queryFn: () => client.guardrails.get.query({}) })
  const key = ['guardrails', customerId]
  const own = useQuery({ queryKey: key, queryFn: () => client.guardrails.getOf.query({ id: customerId }) })
  const save = useCall(
    (said: GuardrailChanges) => client.guardrails.setOf.mutate({ id: customerId, own: said }),
    () => {
      toast({ tone: 'success', title: 'Saved' })
      void queries.invalidateQueries({ queryKey: key })
    },
  )
  return (
    <Disclosure title="Guardrails" note={noteOf(Object.keys(own.data?.own ?? {}).length)}>
      <Loaded query={base}>
        {(rules) => (
          <Loaded query={own}>
            {(data) => (
              <GuardrailsForm
                said={data.own}
                base={rules}
                isOverride
                isBusy={save.isPending}
                mayChange={may('tenant:update')}
                onSave={(said) => save.mutate(said)}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </Disclosure>
  )
}

function noteOf(count: number): string {
  if (count === 0) return 'As for all customers'
  return count === 1 ? 'One rule of its own' : `${count} rules of its own`
}
