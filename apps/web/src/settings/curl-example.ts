/** A command line that sends one event with a key, ready to paste; a write key may speak only of anonymous visitors. */
export function curlExample(origin: string, key: string, kind: 'write' | 'secret'): string {
  const who = kind === 'secret' ? '"userId":"00004"' : '"anonymousId":"visitor-1"'
  return [
    `curl ${origin}/v1/track \\`,
    `  -u ${key}: \\`,
    "  -H 'content-type: application/json' \\",
    `  -d '{${who},"event":"order","properties":{"total":77,"quantity":5}}'`,
  ].join('\n')
}
