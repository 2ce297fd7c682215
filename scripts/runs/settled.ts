/** Waits for both, even when one fails, so that the other is not still starting when everything is stopped. */
export async function settled<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b])
  return [await a, await b]
}
