import { lookup } from 'node:dns/promises'
import { BlockList, isIPv6 } from 'node:net'
import { SmtpFailure } from './failure.ts'

/** Every range that is not public unicast: IANA special-purpose registries for IPv4 and IPv6. */
const closed = new BlockList()
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]) {
  const [net, bits] = range.split('/')
  closed.addSubnet(net ?? '', Number(bits), 'ipv4')
}
/** Global unicast is 2000::/3; within it documentation, benchmarking, 6to4 and Teredo are closed too. */
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  closed.addSubnet(net, bits, 'ipv6')
}

/** Whether an IP address is public unicast; IPv4 inside IPv6 is judged as not public. */
export function isPublicAddress(address: string): boolean {
  if (isIPv6(address)) return globalUnicast.check(address, 'ipv6') && !closed.check(address, 'ipv6')
  return !closed.check(address, 'ipv4')
}

/** Resolves a host once and returns the address to dial; every address it has must be public. */
export async function resolvePublic(host: string): Promise<string> {
  const found = await lookup(host, { all: true }).catch(() => [])
  const first = found[0]
  if (!first) throw new SmtpFailure('connect', 'dns')
  if (!found.every(({ address }) => isPublicAddress(address)))
    throw new SmtpFailure('connect', 'forbidden_host')
  return first.address
}
