import { intakeFailures } from './failures/intake.ts'
import { memberFailures } from './failures/members.ts'
import { requestFailures } from './failures/requests.ts'
import { workFailures } from './failures/work.ts'

/** Every way a request can be refused, by its stable code. */
export const failures = { ...requestFailures, ...memberFailures, ...workFailures, ...intakeFailures }

export type FailureCode = keyof typeof failures
