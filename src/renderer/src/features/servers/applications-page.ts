import { readAddress } from '../../../../shared/server-address.ts'

/** The page of a server where an application and its token are made; undefined while the address is none. */
export const applicationsPage = (typed: string): string | undefined => {
  const read = readAddress(typed)
  const url = 'url' in read ? URL.parse(read.url) : null
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const { origin, host } = url
  return host.includes('.') || host.startsWith('localhost') || host.startsWith('[')
    ? `${origin}/settings/applications`
    : undefined
}
