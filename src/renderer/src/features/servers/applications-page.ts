/** The page of a server where an application and its token are made; undefined while the address is none. */
export const applicationsPage = (typed: string): string | undefined => {
  const text = typed.trim()
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (text === '' || !URL.canParse(address)) return undefined
  const { protocol, host } = new URL(address)
  return host.includes('.') || host.startsWith('localhost') || host.startsWith('[')
    ? `${protocol}//${host}/settings/applications`
    : undefined
}
