/** Working space of one pass, zeros at first; the next pass uses it again, or clearing away would take longer than the passes. */
export const makeSpace = () => {
  let held = new Int32Array(0)
  return (size: number): Int32Array => {
    if (held.length < size) held = new Int32Array(size + 4096)
    return held.subarray(0, size).fill(0)
  }
}
