import { useQuery } from '@tanstack/react-query'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'

/** The letter byte for byte as SMTP brought it. */
export function RawMail({ mailId }: { mailId: string }) {
  const api = useWorkspaceApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['mail-raw', mailId],
    queryFn: ({ signal }) => api.text(`/mails/${mailId}/raw`, signal),
    staleTime: Infinity,
  })
  if (data === undefined)
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <pre tabIndex={0} className="overflow-auto rounded-lg border bg-sunken p-3 font-mono text-xs">
      {data}
    </pre>
  )
}
