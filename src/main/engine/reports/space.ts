/** Working space of one pass, zeros at first; the next pass uses it again, or clearing away would take longer than the passes. */
export const makeSpace = () => {
  let held = new Int32Array(0)
  return (size: number): Int32Array => {
    if (held.length < size) held = new Int32Array(size + 4096)
    return held.subarray(0, size).fill(0)
  }
}

/** These numbers with room for at least `size`: half as much again, so that what grows one by one is not copied each time. */
export const widened = (held: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
  if (held.length >= size) return held
  const wider = new Int32Array(Math.ceil(size * 1.5) + 1024)
  wider.set(held)
  return wider
}
