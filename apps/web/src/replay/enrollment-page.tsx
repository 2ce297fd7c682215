import { useMutation, useQuery } from '@tanstack/react-query'
import type { Verdict } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { type CSSProperties, useState } from 'react'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import { showToast } from '../ui/toast.tsx'
import { chosenSeq, type Enrollment, neighbourSeq, pendingSeq } from './enrollment.ts'
import { PathCanvas } from './path-canvas.tsx'
import { wayCards } from './path-elements.ts'
import { pathShape } from './path-fit.ts'
import { PathHeader } from './path-header.tsx'
import { StepPanel } from './step/step-panel.tsx'
import { type StepTab, tabsAt } from './step/step-tabs.ts'
import { StepList } from './step-list.tsx'
import { useNarrow } from './use-narrow.ts'
import { usePathKeys } from './use-path-keys.ts'
import { usePlay } from './use-play.ts'
import { VerdictBadge } from './verdict-badge.tsx'

interface EnrollmentPageProps {
  enrollmentId: string
  step: number | undefined
  tab: StepTab
  onStep: (step: number) => void
  onTab: (tab: StepTab) => void
}

/** Loads one passage and keeps it fresh while the customer is inside. */
export function EnrollmentPage(props: EnrollmentPageProps) {
  const api = useWorkspaceApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['enrollment', props.enrollmentId],
    queryFn: ({ signal }) => api.get<Enrollment>(`/enrollments/${props.enrollmentId}`, signal),
    refetchInterval: ({ state }) => (state.data?.status === 'active' ? 2000 : false),
  })
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return <PassageView {...props} enrollment={data} />
}

function useVerify(enrollmentId: string) {
  const api = useWorkspaceApi()
  const [open, setOpen] = useState(false)
  const { mutate, data, isPending } = useMutation({
    mutationFn: () => api.post<Verdict>(`/enrollments/${enrollmentId}/verify`),
    onSuccess: () => setOpen(true),
    onError: (failure) => showToast({ text: failure.message, look: 'error' }),
  })
  return { verify: () => mutate(), verdict: data, verifying: isPending, open, setOpen }
}

const columns =
  'grid min-h-0 flex-1 grid-cols-[18rem_minmax(0,1fr)] xl:grid-cols-[23rem_minmax(0,1fr)] min-[112rem]:grid-cols-[23rem_minmax(0,1fr)_26rem]'

/**
 * A path runs from left to right: until there is room for three columns, the step stands below the canvas, which is as
 * high as this way needs to be seen whole, from half of the page to two thirds, whatever the step has to say.
 */
const canvasFrame =
  'aspect-(--way-shape) max-h-2/3 min-h-[max(14rem,50%)] w-full min-w-0 shrink-0 min-[112rem]:aspect-auto min-[112rem]:max-h-none'

/** The heart of replay: the steps as sentences, the version's canvas with the way on it, and one step from five sides. */
function PassageView({
  enrollment,
  step,
  tab,
  onStep,
  onTab,
}: EnrollmentPageProps & { enrollment: Enrollment }) {
  const narrow = useNarrow()
  const { steps, pending } = enrollment
  const waits = pending !== null
  const seq = chosenSeq(steps, waits, step)
  const current =
    waits && seq === pendingSeq(steps) ? pending.node : (steps.find((one) => one.seq === seq)?.node ?? null)
  const go = (by: 1 | -1): boolean => {
    const next = neighbourSeq(steps, waits, seq, by)
    if (next !== seq) onStep(next)
    return next !== seq
  }
  const { playing, toggle } = usePlay(() => go(1))
  const play = () => {
    const first = steps[0]?.seq
    if (!playing && first !== undefined && neighbourSeq(steps, waits, seq, 1) === seq) onStep(first)
    toggle()
  }
  const { verify, verdict, verifying, open, setOpen } = useVerify(enrollment.id)
  const openTab = (index: number) => {
    const opened = tabsAt(enrollment, seq)[index]
    if (opened) onTab(opened)
  }
  usePathKeys({ step: go, tab: openTab, verify, play })
  const panel = <StepPanel enrollment={enrollment} seq={seq} tab={tab} onTab={onTab} />
  const canvas = <PathCanvas enrollment={enrollment} seq={seq} current={current} onChoose={onStep} />
  const wayShape = { '--way-shape': pathShape(wayCards(enrollment, kinds)) }
  const header = (
    <PathHeader
      enrollment={enrollment}
      playing={playing}
      verifying={verifying}
      onStep={go}
      onPlay={play}
      onVerify={verify}
      verdict={verdict && <VerdictBadge verdict={verdict} open={open} onOpenChange={setOpen} />}
    />
  )
  if (narrow) {
    return (
      <div>
        {header}
        <div className="h-72 border-b">{canvas}</div>
        <div className="p-2">
          <StepList enrollment={enrollment} seq={seq} onChoose={onStep} below={panel} />
        </div>
      </div>
    )
  }
  return (
    <div className="flex h-full flex-col">
      {header}
      <div className={columns}>
        <div className="overflow-y-auto border-r bg-surface p-2">
          <StepList enrollment={enrollment} seq={seq} onChoose={onStep} />
        </div>
        <div className="flex min-h-0 min-w-0 flex-col min-[112rem]:contents">
          <div className={canvasFrame} style={wayShape as CSSProperties}>
            {canvas}
          </div>
          <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto border-t bg-surface min-[112rem]:border-t-0 min-[112rem]:border-l">
            <div className="flex w-full max-w-3xl flex-1 flex-col">{panel}</div>
          </div>
        </div>
      </div>
    </div>
  )
}
