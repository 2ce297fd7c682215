import { statement } from '../statement.ts'

/** Folds up to `limit` changes of the canvas numbers into them, each exactly once; answers how many. */
export const foldCounts = statement<[limit: number], { folded: number }>(
  `with taken as (
     delete from count_deltas where id in (
       select id from count_deltas order by id limit $1 for update skip locked)
     returning version_id, node, output, n),
   summed as (
     select version_id, node, output, sum(n) as n from taken group by 1, 2, 3 order by 1, 2, 3),
   folded as (
     insert into node_counts as c (version_id, node, output, n) select * from summed
     on conflict (version_id, node, output) do update set n = c.n + excluded.n)
   select count(*)::int as folded from taken`,
)
