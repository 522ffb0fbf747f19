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
  /** What is wrong with how the focus shows where it is now, or nothing. */
  const faultHere = () => {
    const { activeElement } = document
    // Base UI's guards hand the focus on at once.
    const isNone = activeElement === null || activeElement === document.body
    return isNone || activeElement.hasAttribute('data-base-ui-focus-guard') ? null : focusFault(activeElement)
  }

  let round = null
  /** From now on each Tab, as soon as it is let go, is looked at for how the focus shows: what is wrong, and whether it came round. */
  const goRound = () => {
    const passed = new Set()
    let tabs = 0
    round = { faults: [], isOver: false }
    const look = ({ key }) => {
      if (key !== 'Tab') return
      const fault = faultHere()
      if (fault !== null) round.faults.push(fault)
      // Told apart by where they stand, since the page may draw them anew, and by name, since what is drawn before them moves them on.
      const { activeElement, body } = document
      const stands = [...document.querySelectorAll('*')].indexOf(activeElement)
      const at = activeElement === null || activeElement === body ? '' : `${stands} ${nameOf(activeElement)}`
      tabs += 1
      // The first Tab of a dialog may rest on the guard around it.
      round.isOver = passed.has(at) && tabs > 2
      passed.add(at)
      if (round.isOver) window.removeEventListener('keyup', look, true)
    }
    window.addEventListener('keyup', look, true)
  }
  const roundSoFar = () => round

  /** What takes the focus beside the uppermost dialog, from keys that all come while the page is busy. */
  const escapes = async () => {
    const seen = new Set()
    const uppermost = [...document.querySelectorAll('[role="dialog"]')].at(-1)
    const note = ({ target }) => {
      if (!uppermost?.contains(target) && !target.closest('[data-base-ui-focus-guard]')) seen.add(nameOf(target))
    }
    document.addEventListener('focusin', note)
    const until = performance.now() + 300
    while (performance.now() < until);
    await new Promise(resolve => setTimeout(resolve, 100))
    document.removeEventListener('focusin', note)
    return [...seen]
  }

  /** What lies with the page: its elements and what is typed in them, storage of each kind, its address, the clipboard. */
  const kept = async () =>
    JSON.stringify([
      document.documentElement.outerHTML,
      [...document.querySelectorAll('input, textarea')].map(field => field.value),
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      history.state,
      location.href,
      await navigator.clipboard.readText(),
      await indexedDB.databases(),
      await caches.keys(),
    ])

  /** Puts what a search must find where a page could leave something. */
  const plant = async secret => {
    globalThis.planted = secret
    for (const storage of [localStorage, sessionStorage]) storage.setItem('planted', secret)
    // biome-ignore lint/suspicious/noDocumentCookie: so a page leaves one.
    document.cookie = `planted=${secret}`
    await fetch(`/?${secret}`)
  }

  globalThis.onPage = { aim, isChosen, labelOf, nameOf, isRing, goRound, roundSoFar, escapes, kept, plant }
}
