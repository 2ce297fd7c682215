/** A command line that sends one event with a key, ready to paste. */
export function curlExample(origin: string, key: string): string {
  return [
    `curl ${origin}/v1/track \\`,
    `  -u ${key}: \\`,
    "  -H 'content-type: application/json' \\",
    `  -d '{"userId":"00004","event":"order","properties":{"total":77,"quantity":5}}'`,
  ].join('\n')
}
