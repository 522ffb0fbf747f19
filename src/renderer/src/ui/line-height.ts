/** Every line of a virtual list is 2 rem: places then follow from the index alone, whatever was read so far. In px, as the text size says. */
export const lineHeight = () => 2 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
