/** The day where the person sits, as `2026-11-23`. */
export const dayOf = (at: number): string => {
  const now = new Date(at)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
