// What tests do inside the page, where only the browser's own words are known; put there by `hands.ts`.
{
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [role="option"], [tabindex="0"]'

  /** What would be clicked: a field by its label, else the control around. */
  const controlOf = node => node.closest('label')?.control ?? node.closest(CONTROLS)

  const canFocus = node => node.tabIndex >= 0 && !node.disabled && node.checkVisibility({ visibilityProperty: true })

  /** About how many things Tab stops at from the focus to a control; less than nought where it is behind. */
  const stepsTo = control => {
    const { activeElement, body } = document
    const stops = [...document.querySelectorAll(CONTROLS)].filter(canFocus)
    const before = node => stops.filter(stop => stop.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)
    const from = activeElement === null || activeElement === body ? -1 : before(activeElement).length
    return before(control).length - from
  }

  /** What a press means for an element, whether the focus is there, and about how many steps of Tab are left. */
  const aim = node => {
    const control = controlOf(node)
    if (!control) throw new Error('this can be clicked, but not reached by the keyboard')
    const { activeElement } = document
    if (control.getAttribute('role') === 'option') {
      const list = control.closest('[role="listbox"]')
      const field = list && document.querySelector(`[role="combobox"][aria-controls="${list.id}"]`)
      const there = activeElement !== null && (activeElement === list || activeElement === field)
      return { how: 'option', there, steps: stepsTo(list ?? control) }
    }
    if (control instanceof HTMLInputElement && control.type === 'radio') {
      const isSibling = activeElement instanceof HTMLInputElement && activeElement.name === control.name
      return { how: 'radio', there: activeElement === control || isSibling, steps: stepsTo(control) }
    }
    const how = control instanceof HTMLInputElement && control.type === 'checkbox' ? 'space' : 'press'
    return { how, there: activeElement === control, steps: stepsTo(control) }
  }

  /** Whether the radio button is ticked, or the option is the current one. */
  const isChosen = node => {
    const control = controlOf(node)
    if (control instanceof HTMLInputElement) return control.checked
    // What is selected in a list that marks several is marked; the current one is what the list points at.
    const list = control?.closest('[role="listbox"]')
    const current = list?.getAttribute('aria-activedescendant')
    return current ? control?.id === current : control?.getAttribute('aria-selected') === 'true'
  }

  /** The name of an option of a menu, by its value or its name. */
  const labelOf = (node, wanted) =>
    [...node.options].find(option => option.value === wanted || option.label === wanted)?.label ?? ''

  window.addEventListener(
    'pointerdown',
    event => {
      if (event.isTrusted && event.target instanceof Element)
        globalThis.tellPointer(event.target.outerHTML.slice(0, 120))
    },
    true,
  )

  const nameOf = node => {
    const text = (node.getAttribute?.('aria-label') ?? node.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60)
    return `${node.tagName.toLowerCase()}.${String(node.className?.baseVal ?? node.className ?? '').slice(0, 40)} "${text}"`
  }
  const isDrawn = node => {
    const { width, height } = node.getBoundingClientRect()
    return width > 1 && height > 1 && node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  }
  const isRing = ({ outlineStyle, outlineWidth, outlineColor }) =>
    outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && !/^rgba\(.*, 0\)$/.test(outlineColor)
  const hasRing = node => isRing(getComputedStyle(node)) || getComputedStyle(node).boxShadow !== 'none'

  /** What is wrong with how the focus shows, or nothing: a ring on it, on what it stands in, or on the row that it is on. */
  const focusFault = active => {
    const control = controlOf(active) ?? active
    const current = document.getElementById(active.getAttribute('aria-activedescendant') ?? '')
    const around = [active, active.closest('label'), active.parentElement, current, current?.firstElementChild]
    if (!around.some(node => node && hasRing(node))) return `no ring on ${nameOf(control)}`
    const shown = current ?? active.closest('label') ?? active
    const { left, right, top, bottom } = shown.getBoundingClientRect()
    const places = [0.5, 0.1, 0.9].flatMap(x =>
      [0.5, 0.1, 0.9].map(y => [left + (right - left) * x, top + (bottom - top) * y]),
    )
    const seen = places.some(([x, y]) => {
      const there = document.elementFromPoint(x, y)
      return there !== null && (shown.contains(there) || there.contains(shown))
    })
    return seen ? null : `hidden: ${nameOf(control)}`
  }
  /** Where the focus is, as a name that tells two places apart, and what is wrong with how it shows. */
  const focus = () => {
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) return { at: '', fault: null }
    const at = `${[...document.querySelectorAll('*')].indexOf(activeElement)}`
    // Base UI's guards hand the focus on at once.
    if (activeElement.hasAttribute('data-base-ui-focus-guard')) return { at, fault: null }
    return { at, fault: focusFault(activeElement) }
  }

  /** What takes the focus beside an open dialog, from keys that all come while the page is busy. */
  const escapes = async () => {
    const seen = new Set()
    const note = ({ target }) => {
      if (!target.closest('[role="dialog"], [data-base-ui-focus-guard]')) seen.add(nameOf(target))
    }
    document.addEventListener('focusin', note)
    const until = performance.now() + 300
    while (performance.now() < until);
    await new Promise(resolve => setTimeout(resolve, 100))
    document.removeEventListener('focusin', note)
    return [...seen]
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
    const theirs = 'bdi, [lang]:not(html), [dir="auto"], kbd, code, time, [class*="mono"], option, [class*="facts"] dd'
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
    const regions = new Set(
      changes.flatMap(({ target, addedNodes }) => [regionOf(target), ...[...addedNodes].map(regionOf)]),
    )
    for (const region of regions) {
      const text = region?.textContent.trim()
      if (text) heard.push(text)
    }
  }).observe(document, { subtree: true, childList: true, characterData: true })
  /** What a screen reader was given to say since it was asked last. */
  const spoken = () => heard.splice(0)

  const looks = {
    focus,
    escapes,
    reflowFaults,
    cutHandles,
    collisions,
    moving,
    colourOnly,
    plainSentences,
    loose,
    spilt,
    spoken,
  }
  globalThis.onPage = { aim, isChosen, labelOf, ...looks }
}
