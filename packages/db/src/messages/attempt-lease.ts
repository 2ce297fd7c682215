import { statement } from '../statement.ts'

/** Keeps an attempt under way from counting as ambiguous, while its process lives and waits for the provider. */
export const renewLease = statement<[messageId: string, number: number, leaseMs: number]>(
  `update attempts set lease_until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
   where message_id = $1 and number = $2 and outcome is null`,
)
