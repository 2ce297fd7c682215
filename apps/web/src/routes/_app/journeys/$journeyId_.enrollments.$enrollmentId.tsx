import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { EnrollmentPage } from '../../../replay/enrollment-page.tsx'
import { stepTabs } from '../../../replay/step/step-tabs.ts'

export const Route = createFileRoute('/_app/journeys/$journeyId_/enrollments/$enrollmentId')({
  staticData: { narrow: true },
  validateSearch: z.object({
    step: z.number().int().positive().optional().catch(undefined),
    tab: z.enum(stepTabs).optional().catch(undefined),
  }),
  component: function Passage() {
    const { enrollmentId } = Route.useParams()
    const { step, tab } = Route.useSearch()
    const navigate = Route.useNavigate()
    return (
      <EnrollmentPage
        key={enrollmentId}
        enrollmentId={enrollmentId}
        step={step}
        tab={tab ?? 'why'}
        onStep={(seq) => void navigate({ search: (old) => ({ ...old, step: seq }), replace: true })}
        onTab={(shown) => void navigate({ search: (old) => ({ ...old, tab: shown }), replace: true })}
      />
    )
  },
})
