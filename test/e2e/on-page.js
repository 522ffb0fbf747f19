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

  globalThis.onPage = { aim, isChosen, labelOf }
}
