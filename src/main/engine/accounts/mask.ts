/** `zaina@post.example` → `z•••@post.example`: enough to see a pattern, not the person. */
export const maskEmail = (email: string): string => {
  const at = email.lastIndexOf('@')
  return at < 1 ? '•••' : `${email.slice(0, 1)}•••${email.slice(at)}`
}

/** `203.0.113.9` → `203.0.•••.•••`; of IPv6 the first two groups stay. */
export const maskAddress = (address: string): string => {
  if (address.includes(':')) return `${address.split(':').slice(0, 2).join(':')}:•••`
  const parts = address.split('.')
  return parts.length === 4 ? `${parts[0]}.${parts[1]}.•••.•••` : '•••'
}
