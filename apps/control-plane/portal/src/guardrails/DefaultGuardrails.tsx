import { Card, useToast } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../client.js'
import { Loaded } from '../layout/Loaded.js'
import { useCall } from '../useCall.js'
import { useMay } from '../useMay.js'
import { GuardrailsForm } from './GuardrailsForm.js'
import type { GuardrailChanges } from './rules.js'

/** What the builders of all customers offer. */
export function DefaultGuardrails() {
  const queries = useQueryClient()
  const toast = useToast()
  const may = useMay()
  const rules = useQuery({ queryKey: ['guardrails'], queryFn: () => client.guardrails.get.query({}) })
  const save = useCall(
    (said: GuardrailChanges) => client.guardrails.set.mutate(said),
    () => {
      toast({ tone: 'success', title: 'Saved' })
      void queries.invalidateQueries({ queryKey: ['guardrails'] })
    },
  )
  return (
    <section>
      <div className="section-title">
        <h2>Guardrails</h2>
      </div>
      <p className="muted">
        What your customers’ builders offer. Your own people can do everything; single customers can have other rules,
        on their page.
      </p>
      <Card isPadded>
        <Loaded query={rules}>
          {(data) => (
            <GuardrailsForm
              said={data}
              base={data}
              isOverride={false}
              isBusy={save.isPending}
              mayChange={may('tenant:update')}
              onSave={(said) => save.mutate(said)}
            />
          )}
        </Loaded>
      </Card>
    </section>
  )
}
