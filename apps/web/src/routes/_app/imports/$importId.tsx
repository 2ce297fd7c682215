import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { ImportPage } from '../../../imports/import-page.tsx'
import { wizardSteps } from '../../../imports/wizard-step.ts'

export const Route = createFileRoute('/_app/imports/$importId')({
  validateSearch: z.object({ step: z.enum(wizardSteps).optional().catch(undefined) }),
  component: function Import() {
    const { importId } = Route.useParams()
    const { step } = Route.useSearch()
    const navigate = Route.useNavigate()
    return (
      <ImportPage
        key={importId}
        importId={importId}
        step={step}
        onStep={(next) => void navigate({ search: { step: next } })}
      />
    )
  },
})
