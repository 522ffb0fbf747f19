// What the sweeps of every screen look for inside the page; put there after `on-page.js`.
{
  const { nameOf, isRing } = globalThis.onPage
  const isDrawn = node => {
    const { width, height } = node.getBoundingClientRect()
    return width > 1 && height > 1 && node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  }

  const hasText = node =>
    [...node.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim() !== '')
  const within = (node, isSo) => {
    for (let up = node; up && up !== document.body; up = up.parentElement) if (isSo(up)) return true
    return false
  }
  const scrollsAside = node =>
    within(node, up => /auto|scroll/.test(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth)
  const ends = node => within(node, up => getComputedStyle(up).textOverflow === 'ellipsis')
  // For screen readers only, or hints whose keys all stand in the list of keys.
  const isSpare = node => node.closest('[class*="unseen"], [class*="_some_"]') !== null

  /** What is cut off or lies beside the window. An ellipsis is no cut: the whole stands in the case. */
  const reflowFaults = () => {
    const faults = []
    const page = document.scrollingElement
    if (page.scrollWidth > page.clientWidth + 1)
      faults.push(`the window scrolls aside: ${page.scrollWidth} in ${page.clientWidth}`)
    for (const node of document.body.querySelectorAll('*')) {
      if (!isDrawn(node) || isSpare(node)) continue
      const { left, right } = node.getBoundingClientRect()
      if (hasText(node) && (left < -1 || right > page.clientWidth + 1) && !scrollsAside(node) && !ends(node))
        faults.push(`beside the window: ${nameOf(node)}`)
      const { overflowX, overflowY, webkitLineClamp, flexWrap } = getComputedStyle(node)
      const cutsX = /hidden|clip/.test(overflowX) && node.scrollWidth > node.clientWidth + 1 && !ends(node)
      const cutsY =
        /hidden|clip/.test(overflowY) &&
        node.scrollHeight > node.clientHeight + 2 &&
        webkitLineClamp === 'none' &&
        // Parts that wrap out of a line of one height are left out whole, none is cut.
        flexWrap !== 'wrap'
      if (node.clientWidth > 0 && (cutsX || cutsY) && node.textContent.trim() !== '')
        faults.push(`cut: ${nameOf(node)}`)
    }
    return [...new Set(faults)]
  }

  /** Handles in the heads of the case, its ladder and its sheet that end in an ellipsis. */
  const cutHandles = () =>
    [...document.querySelectorAll('header bdi, #ladder-h bdi, #sheet-h bdi')]
      .filter(node => node.closest('h1') === null)
      .filter(node =>
        within(node, up => up.scrollWidth > up.clientWidth + 1 && /hidden|clip/.test(getComputedStyle(up).overflowX)),
      )
      .map(node => node.textContent)

  /** Words that run into the words beside them. */
  const collisions = () => {
    const boxes = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      const { parentElement } = node
      if (node.textContent.trim() === '' || !parentElement || isSpare(parentElement)) continue
      if (!parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      // Words may stand out of a box that has no room for them, unless it cuts them off.
      if (!isDrawn(parentElement) && getComputedStyle(parentElement).overflowX !== 'visible') continue
      const range = document.createRange()
      range.selectNodeContents(node)
      boxes.push({ parentElement, lines: [...range.getClientRects()].slice(0, 4) })
    }
    const meets = (one, other) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4
    const faults = []
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1, index + 8)) {
        if (one.parentElement.parentElement !== other.parentElement.parentElement) continue
        if (ends(one.parentElement) || ends(other.parentElement)) continue
        if (one.lines.some(line => other.lines.some(next => meets(line, next))))
          faults.push(`${nameOf(one.parentElement)} runs into ${nameOf(other.parentElement)}`)
      }
    return [...new Set(faults)]
  }

  /** What would move for someone who asked for none of it. */
  const moving = () =>
    [...document.querySelectorAll('*')].flatMap(node => {
      const { transitionDuration, transitionProperty, animationName, animationDuration } = getComputedStyle(node)
      const lasts = times => times.split(',').some(each => Number.parseFloat(each) > 0.011)
      const moves =
        (lasts(transitionDuration) && transitionProperty !== 'none') ||
        (animationName !== 'none' && lasts(animationDuration))
      return moves ? [nameOf(node)] : []
    })

  /** Ends when colours have faded into one another; what turns on and on has no end to wait for. */
  const faded = async () => {
    const ends = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime < Infinity)
    await Promise.allSettled(ends.map(one => one.finished))
  }

  /** What is current, chosen or marked, and shows it by nothing but a background, which forced colours take away. */
  const colourOnly = () =>
    [
      ...document.querySelectorAll('[aria-current]:not([aria-current="false"]), [aria-selected="true"], input:checked'),
    ].flatMap(node => {
      const shown = node.closest('label') ?? node
      // A box that is ticked shows its tick; an only child is no other's neighbour.
      if (
        !isDrawn(shown) ||
        node.matches('li:only-child') ||
        (node.matches('input') && !shown.matches('[class*="option"]'))
      )
        return []
      const isTold = [shown, ...shown.querySelectorAll('*')].some(part => {
        const style = getComputedStyle(part)
        const isTick = part.matches('[class*="tick"] > svg') && isDrawn(part)
        return isTick || isRing(style) || Number.parseFloat(style.borderInlineStartWidth) >= 2
      })
      return isTold ? [] : [nameOf(shown)]
    })

  const pseudoLetter = /[àƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ]/
  /** Sentences that no catalogue put there, under the pseudo-locale. What servers and people said is marked as theirs, or isolated. */
  const plainSentences = () => {
    const theirs =
      'bdi, textarea[readonly], [lang]:not(html), [dir="auto"], kbd, code, time, [class*="mono"], option, [class*="facts"] dd'
    const found = []
    const tell = (node, whole) => {
      const text = whole.replace(/\u2068[^\u2069]*\u2069|@[\w.@-]+/g, '')
      const isPlain = (text.match(/\b[a-z]{2,}\b/gi) ?? []).length >= 3 && !pseudoLetter.test(text)
      if (isPlain && !node.closest(theirs)) found.push(text.trim().slice(0, 80))
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (parentElement && !parentElement.closest('script, style')) tell(parentElement, textContent)
    }
    for (const node of document.body.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        if (node.hasAttribute(name)) tell(node, node.getAttribute(name))
    return [...new Set(found)]
  }

  const loud = /(?![\t\n])\p{Cc}|[\u00AD\u200B\u202A-\u202E\u2060-\u2067\u206A-\u206F\uFEFF\u{E0000}-\u{E0FFF}]/u
  /** Characters from outside that turn or hide what stands around them: in a name, a title, or a text that nothing isolates. */
  const loose = () => {
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (!parentElement || !loud.test(textContent) || parentElement.closest('script, style, textarea')) continue
      const theirs = parentElement.closest('bdi, [dir="auto"]')
      if (!theirs || !/isolate/.test(getComputedStyle(theirs).unicodeBidi)) found.push(nameOf(parentElement))
    }
    for (const node of document.body.querySelectorAll('*'))
      for (const { name, value } of node.attributes) if (loud.test(value)) found.push(`${name} of ${nameOf(node)}`)
    return [...new Set(found)]
  }

  /** Text of strangers that is painted where nothing cuts it off: over the line above or below its own. */
  const spilt = () => {
    const found = []
    for (const node of document.body.querySelectorAll('bdi, [dir="auto"]')) {
      if (!/\p{M}{8}/u.test(node.textContent) || !isDrawn(node)) continue
      let box = node
      while (box && !/hidden|clip|auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement
      const { top, bottom } = node.getBoundingClientRect()
      const bounds = box?.getBoundingClientRect()
      if (!bounds || bounds.bottom - bottom > 24 || top - bounds.top > 24) found.push(nameOf(node))
    }
    return [...new Set(found)]
  }

  const heard = []
  const regionOf = node =>
    (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(
      '[role="status"], [role="alert"], [aria-live]',
    )
  new MutationObserver(changes => {
    const told = new Set()
    for (const { target, addedNodes } of changes)
      for (const node of [target, ...addedNodes]) {
        const region = regionOf(node)
        // All of a region is spoken again, unless it says that only what is new there is.
        if (region?.getAttribute('aria-atomic') !== 'false') told.add(region)
        else if (node !== region) told.add(node)
      }
    for (const node of told) {
      const text = node?.textContent.trim()
      if (text) heard.push(text)
    }
  }).observe(document, { subtree: true, childList: true, characterData: true })
  /** What a screen reader was given to say since it was asked last. */
  const spoken = () => heard.splice(0)

  Object.assign(globalThis.onPage, {
    reflowFaults,
    cutHandles,
    collisions,
    moving,
    faded,
    colourOnly,
    plainSentences,
    loose,
    spilt,
    spoken,
  })
}
