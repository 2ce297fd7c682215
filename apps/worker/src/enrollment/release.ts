import type { OpenRequest } from '@tropa/db/enrollments'
import { releaseMessage } from '@tropa/db/messages'
import type { Runner } from '@tropa/db/statement'

/** Lets a held message go out again, or gives it up, as a member decided; anything else it leaves alone. */
export async function applyRelease(runner: Runner, request: OpenRequest): Promise<void> {
  if (!request.messageId || !request.decision) return
  await releaseMessage(runner, request.messageId, request.decision === 'resend' ? 'planned' : 'rejected')
}
