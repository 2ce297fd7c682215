/** How long after it happened an event may come and still start or wake something. */
export const lateWindowDays = 30

/**
 * Whether an event came after the window, as SQL. Events of a compressed run come by its clock, and those of a file come
 * when a member says so: neither is late.
 */
export const isLate = (alias: string) =>
  `(${alias}.clock_id is null and ${alias}.import_id is null
     and ${alias}.received_at > ${alias}.occurred_at + interval '${lateWindowDays} days')`
